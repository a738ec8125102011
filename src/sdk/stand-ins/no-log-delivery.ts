/**
 * Replaces `log-delivery` and `metrics` of the runtime library, which report to CloudWatch and S3 with SDK v2, line by line.
 * This type sends its log with SDK v3 (src/runtime/provider-telemetry.ts). The library constructs these two classes, but does
 * not call them.
 */
export class LoggerProxy {
  addLogPublisher(): void {
    // The library's constructor registers the console.
  }
}

export const LambdaLogPublisher = LoggerProxy;
