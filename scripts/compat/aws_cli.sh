#!/bin/sh
# A life against a local FSx with the AWS CLI: AWS_ENDPOINT_URL_FSX says where it is. Run by `make compat`.
set -eu
export AWS_PAGER=

until_state() { # STATE COMMAND...
  wanted=$1
  shift
  for _ in $(seq 1 100); do
    state=$("$@" --output text)
    [ "$state" = "$wanted" ] && return 0
    sleep 0.3
  done
  echo "$wanted has not come, but $state" >&2
  return 1
}

ID=$(aws fsx create-file-system --file-system-type LUSTRE --storage-capacity 1200 \
  --subnet-ids subnet-0123456789abcdef0 \
  --lustre-configuration DeploymentType=PERSISTENT_2,PerUnitStorageThroughput=125 \
  --query FileSystem.FileSystemId --output text)
until_state AVAILABLE aws fsx describe-file-systems --file-system-ids "$ID" --query 'FileSystems[0].Lifecycle'
echo "  create-file-system"

# As in the user guide: https://docs.aws.amazon.com/fsx/latest/LustreGuide/create-linked-dra.html
DRA=$(aws fsx create-data-repository-association --file-system-id "$ID" --file-system-path /ns1/path1/ \
  --data-repository-path s3://dataset/myprefix/ \
  --s3 "AutoImportPolicy={Events=[NEW,CHANGED,DELETED]},AutoExportPolicy={Events=[NEW,CHANGED,DELETED]}" \
  --query Association.AssociationId --output text)
until_state AVAILABLE aws fsx describe-data-repository-associations --association-ids "$DRA" --query 'Associations[0].Lifecycle'
echo "  create-data-repository-association"

TASK=$(aws fsx create-data-repository-task --file-system-id "$ID" --type IMPORT_METADATA_FROM_REPOSITORY \
  --paths s3://dataset/myprefix/dir1 \
  --report Enabled=true,Path=s3://dataset/myprefix/reports,Format=REPORT_CSV_20191124,Scope=FAILED_FILES_ONLY \
  --query DataRepositoryTask.TaskId --output text)
until_state SUCCEEDED aws fsx describe-data-repository-tasks --task-ids "$TASK" --query 'DataRepositoryTasks[0].Lifecycle'
echo "  create-data-repository-task"

aws fsx update-data-repository-association --association-id "$DRA" --imported-file-chunk-size 512 > /dev/null
until_state 512 aws fsx describe-data-repository-associations --association-ids "$DRA" --query 'Associations[0].ImportedFileChunkSize'
aws fsx delete-data-repository-association --association-id "$DRA" --no-delete-data-in-file-system > /dev/null
aws fsx delete-file-system --file-system-id "$ID" > /dev/null
echo "  update-data-repository-association, delete-data-repository-association, delete-file-system"

if aws fsx describe-file-systems --region eu-west-1 > /dev/null 2>&1; then
  echo "another region is not refused" >&2
  exit 1
fi
echo "  another region is refused"
