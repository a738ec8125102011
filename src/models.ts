// This is a generated file. Modifications will be overwritten.
import { BaseModel, Dict, integer, Integer, Optional, transformValue } from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import { Exclude, Expose, Type, Transform } from 'class-transformer';

export class ResourceModel extends BaseModel {
    @Exclude()
    public static readonly TYPE_NAME: string = 'Pangea::FSx::LustreFileSystem';

    @Exclude()
    protected readonly IDENTIFIER_KEY_FILESYSTEMID: string = '/properties/FileSystemId';

    @Expose({ name: 'StorageCapacity' })
    @Transform(
        ({value, obj}) =>
            transformValue(Integer, 'storageCapacity', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    storageCapacity?: Optional<integer>;
    @Expose({ name: 'StorageType' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'storageType', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    storageType?: Optional<string>;
    @Expose({ name: 'DeploymentType' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'deploymentType', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    deploymentType?: Optional<string>;
    @Expose({ name: 'SubnetIds' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'subnetIds', value, obj, [Array]),
        {
            toClassOnly: true,
        }
    )
    subnetIds?: Optional<Array<string>>;
    @Expose({ name: 'SecurityGroupIds' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'securityGroupIds', value, obj, [Array]),
        {
            toClassOnly: true,
        }
    )
    securityGroupIds?: Optional<Array<string>>;
    @Expose({ name: 'PerUnitStorageThroughput' })
    @Transform(
        ({value, obj}) =>
            transformValue(Integer, 'perUnitStorageThroughput', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    perUnitStorageThroughput?: Optional<integer>;
    @Expose({ name: 'ThroughputCapacity' })
    @Transform(
        ({value, obj}) =>
            transformValue(Integer, 'throughputCapacity', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    throughputCapacity?: Optional<integer>;
    @Expose({ name: 'DataReadCacheConfiguration' })
    @Type(() => DataReadCacheConfiguration)
    dataReadCacheConfiguration?: Optional<DataReadCacheConfiguration>;
    @Expose({ name: 'ImportPath' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'importPath', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    importPath?: Optional<string>;
    @Expose({ name: 'ExportPath' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'exportPath', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    exportPath?: Optional<string>;
    @Expose({ name: 'AutoImportPolicy' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'autoImportPolicy', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    autoImportPolicy?: Optional<string>;
    @Expose({ name: 'ImportedFileChunkSize' })
    @Transform(
        ({value, obj}) =>
            transformValue(Integer, 'importedFileChunkSize', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    importedFileChunkSize?: Optional<integer>;
    @Expose({ name: 'AutomaticBackupRetentionDays' })
    @Transform(
        ({value, obj}) =>
            transformValue(Integer, 'automaticBackupRetentionDays', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    automaticBackupRetentionDays?: Optional<integer>;
    @Expose({ name: 'DailyAutomaticBackupStartTime' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'dailyAutomaticBackupStartTime', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    dailyAutomaticBackupStartTime?: Optional<string>;
    @Expose({ name: 'CopyTagsToBackups' })
    @Transform(
        ({value, obj}) =>
            transformValue(Boolean, 'copyTagsToBackups', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    copyTagsToBackups?: Optional<boolean>;
    @Expose({ name: 'WeeklyMaintenanceStartTime' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'weeklyMaintenanceStartTime', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    weeklyMaintenanceStartTime?: Optional<string>;
    @Expose({ name: 'DataCompressionType' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'dataCompressionType', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    dataCompressionType?: Optional<string>;
    @Expose({ name: 'DriveCacheType' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'driveCacheType', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    driveCacheType?: Optional<string>;
    @Expose({ name: 'KmsKeyId' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'kmsKeyId', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    kmsKeyId?: Optional<string>;
    @Expose({ name: 'FileSystemTypeVersion' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'fileSystemTypeVersion', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    fileSystemTypeVersion?: Optional<string>;
    @Expose({ name: 'EfaEnabled' })
    @Transform(
        ({value, obj}) =>
            transformValue(Boolean, 'efaEnabled', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    efaEnabled?: Optional<boolean>;
    @Expose({ name: 'MetadataConfiguration' })
    @Type(() => MetadataConfiguration)
    metadataConfiguration?: Optional<MetadataConfiguration>;
    @Expose({ name: 'LogConfiguration' })
    @Type(() => LogConfiguration)
    logConfiguration?: Optional<LogConfiguration>;
    @Expose({ name: 'RootSquashConfiguration' })
    @Type(() => RootSquashConfiguration)
    rootSquashConfiguration?: Optional<RootSquashConfiguration>;
    @Expose({ name: 'BackupId' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'backupId', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    backupId?: Optional<string>;
    @Expose({ name: 'SkipFinalBackup' })
    @Transform(
        ({value, obj}) =>
            transformValue(Boolean, 'skipFinalBackup', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    skipFinalBackup?: Optional<boolean>;
    @Expose({ name: 'FinalBackupTags' })
    @Type(() => Tag)
    finalBackupTags?: Optional<Array<Tag>>;
    @Expose({ name: 'Tags' })
    @Type(() => Tag)
    tags?: Optional<Array<Tag>>;
    @Expose({ name: 'FileSystemId' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'fileSystemId', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    fileSystemId?: Optional<string>;
    @Expose({ name: 'ResourceARN' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'resourceARN', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    resourceARN?: Optional<string>;
    @Expose({ name: 'DNSName' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'dNSName', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    dNSName?: Optional<string>;
    @Expose({ name: 'MountName' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'mountName', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    mountName?: Optional<string>;
    @Expose({ name: 'NetworkInterfaceIds' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'networkInterfaceIds', value, obj, [Array]),
        {
            toClassOnly: true,
        }
    )
    networkInterfaceIds?: Optional<Array<string>>;
    @Expose({ name: 'VpcId' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'vpcId', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    vpcId?: Optional<string>;
    @Expose({ name: 'OwnerId' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'ownerId', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    ownerId?: Optional<string>;
    @Expose({ name: 'EstimatedBaselineThroughput' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'estimatedBaselineThroughput', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    estimatedBaselineThroughput?: Optional<string>;
    @Expose({ name: 'EstimatedBurstThroughput' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'estimatedBurstThroughput', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    estimatedBurstThroughput?: Optional<string>;
    @Expose({ name: 'EstimatedMonthlyCost' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'estimatedMonthlyCost', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    estimatedMonthlyCost?: Optional<string>;
    @Expose({ name: 'EstimatedMonthlyCostBreakdown' })
    @Type(() => EstimatedMonthlyCostBreakdown)
    estimatedMonthlyCostBreakdown?: Optional<EstimatedMonthlyCostBreakdown>;
    @Expose({ name: 'EstimatedCostBasis' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'estimatedCostBasis', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    estimatedCostBasis?: Optional<string>;
    @Expose({ name: 'MountCommand' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'mountCommand', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    mountCommand?: Optional<string>;

    @Exclude()
    public getPrimaryIdentifier(): Dict {
        const identifier: Dict = {};
        if (this.fileSystemId != null) {
            identifier[this.IDENTIFIER_KEY_FILESYSTEMID] = this.fileSystemId;
        }

        // only return the identifier if it can be used, i.e. if all components are present
        return Object.keys(identifier).length === 1 ? identifier : null;
    }

    @Exclude()
    public getAdditionalIdentifiers(): Array<Dict> {
        const identifiers: Array<Dict> = new Array<Dict>();
        // only return the identifiers if any can be used
        return identifiers.length === 0 ? null : identifiers;
    }
}

export class DataReadCacheConfiguration extends BaseModel {

    @Expose({ name: 'SizingMode' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'sizingMode', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    sizingMode?: Optional<string>;
    @Expose({ name: 'SizeGiB' })
    @Transform(
        ({value, obj}) =>
            transformValue(Integer, 'sizeGiB', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    sizeGiB?: Optional<integer>;

}

export class MetadataConfiguration extends BaseModel {

    @Expose({ name: 'Mode' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'mode', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    mode?: Optional<string>;
    @Expose({ name: 'Iops' })
    @Transform(
        ({value, obj}) =>
            transformValue(Integer, 'iops', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    iops?: Optional<integer>;

}

export class LogConfiguration extends BaseModel {

    @Expose({ name: 'Level' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'level', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    level?: Optional<string>;
    @Expose({ name: 'Destination' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'destination', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    destination?: Optional<string>;

}

export class RootSquashConfiguration extends BaseModel {

    @Expose({ name: 'RootSquash' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'rootSquash', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    rootSquash?: Optional<string>;
    @Expose({ name: 'NoSquashNids' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'noSquashNids', value, obj, [Array]),
        {
            toClassOnly: true,
        }
    )
    noSquashNids?: Optional<Array<string>>;

}

export class Tag extends BaseModel {

    @Expose({ name: 'Key' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'key', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    key?: Optional<string>;
    @Expose({ name: 'Value' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'value_', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    value_?: Optional<string>;

}

export class EstimatedMonthlyCostBreakdown extends BaseModel {

    @Expose({ name: 'Storage' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'storage', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    storage?: Optional<string>;
    @Expose({ name: 'ThroughputTier' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'throughputTier', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    throughputTier?: Optional<string>;
    @Expose({ name: 'MetadataIops' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'metadataIops', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    metadataIops?: Optional<string>;
    @Expose({ name: 'ReadCache' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'readCache', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    readCache?: Optional<string>;
    @Expose({ name: 'ThroughputCapacity' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'throughputCapacity', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    throughputCapacity?: Optional<string>;

}

export class TypeConfigurationModel extends BaseModel {

    @Expose({ name: 'Validation' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'validation', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    validation?: Optional<string>;
    @Expose({ name: 'Pricing' })
    @Type(() => Pricing)
    pricing?: Optional<Pricing>;
    @Expose({ name: 'Guardrails' })
    @Type(() => Guardrails)
    guardrails?: Optional<Guardrails>;

}

export class Pricing extends BaseModel {

    @Expose({ name: 'Source' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'source', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    source?: Optional<string>;
    @Expose({ name: 'DiscountPercent' })
    @Transform(
        ({value, obj}) =>
            transformValue(Number, 'discountPercent', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    discountPercent?: Optional<number>;

}

export class Guardrails extends BaseModel {

    @Expose({ name: 'AllowedDeploymentTypes' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'allowedDeploymentTypes', value, obj, [Array]),
        {
            toClassOnly: true,
        }
    )
    allowedDeploymentTypes?: Optional<Array<string>>;
    @Expose({ name: 'MaxStorageCapacity' })
    @Transform(
        ({value, obj}) =>
            transformValue(Integer, 'maxStorageCapacity', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    maxStorageCapacity?: Optional<integer>;
    @Expose({ name: 'MaxEstimatedMonthlyCost' })
    @Transform(
        ({value, obj}) =>
            transformValue(Number, 'maxEstimatedMonthlyCost', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    maxEstimatedMonthlyCost?: Optional<number>;
    @Expose({ name: 'RequireKmsKey' })
    @Transform(
        ({value, obj}) =>
            transformValue(Boolean, 'requireKmsKey', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    requireKmsKey?: Optional<boolean>;
    @Expose({ name: 'RequireBackups' })
    @Transform(
        ({value, obj}) =>
            transformValue(Boolean, 'requireBackups', value, obj, []),
        {
            toClassOnly: true,
        }
    )
    requireBackups?: Optional<boolean>;
    @Expose({ name: 'RequiredTagKeys' })
    @Transform(
        ({value, obj}) =>
            transformValue(String, 'requiredTagKeys', value, obj, [Array]),
        {
            toClassOnly: true,
        }
    )
    requiredTagKeys?: Optional<Array<string>>;

}

