# Rules of Amazon FSx for Lustre, for AWS's template engine: cloudformation-validate, which runs inside cdk synth.
# Written by pangea-lustre from its tables; the rules are described in manual/rules.md, and their use in manual/in-your-tools.md.
# For AWS::FSx::FileSystem with FileSystemType LUSTRE, and Pangea::FSx::LustreFileSystem.
package pangea_lustre

import rego.v1

offerings := [
	{
		"name": "SCRATCH_1",
		"deployment": "SCRATCH_1",
		"storage": "SSD",
		"oldestVersion": "2.10",
		"tiers": [
			{
				"capacity": {
					"also": [1200,2400],
					"multipleOf": 3600,
					"maximum": 2147483647,
					"words": "1200, 2400 or a multiple of 3600",
				},
			},
		],
		"use": {},
	},
	{
		"name": "SCRATCH_2",
		"deployment": "SCRATCH_2",
		"storage": "SSD",
		"oldestVersion": "2.10",
		"tiers": [
			{
				"capacity": {"also":[1200],"multipleOf":2400,"maximum":2147483647,"words":"1200 or a multiple of 2400"},
			},
		],
		"use": {},
	},
	{
		"name": "PERSISTENT_1 SSD",
		"deployment": "PERSISTENT_1",
		"storage": "SSD",
		"oldestVersion": "2.10",
		"tiers": [
			{
				"throughput": 50,
				"capacity": {"also":[1200],"multipleOf":2400,"maximum":2147483647,"words":"1200 or a multiple of 2400"},
			},
			{
				"throughput": 100,
				"capacity": {"also":[1200],"multipleOf":2400,"maximum":2147483647,"words":"1200 or a multiple of 2400"},
			},
			{
				"throughput": 200,
				"capacity": {"also":[1200],"multipleOf":2400,"maximum":2147483647,"words":"1200 or a multiple of 2400"},
			},
		],
		"use": {"PerUnitStorageThroughput":"50, 100 or 200 (MB/s per TiB)"},
	},
	{
		"name": "PERSISTENT_1 HDD",
		"deployment": "PERSISTENT_1",
		"storage": "HDD",
		"oldestVersion": "2.10",
		"tiers": [
			{
				"throughput": 12,
				"capacity": {"also":[],"multipleOf":6000,"maximum":2147483647,"words":"a multiple of 6000"},
			},
			{
				"throughput": 40,
				"capacity": {"also":[],"multipleOf":1800,"maximum":2147483647,"words":"a multiple of 1800"},
			},
		],
		"use": {
			"PerUnitStorageThroughput": "12 or 40 (MB/s per TiB)",
			"DriveCacheType": "NONE, or READ for an SSD read cache of 20 % of the capacity",
		},
	},
	{
		"name": "PERSISTENT_2 SSD",
		"deployment": "PERSISTENT_2",
		"storage": "SSD",
		"oldestVersion": "2.12",
		"tiers": [
			{
				"throughput": 125,
				"capacity": {"also":[1200],"multipleOf":2400,"maximum":2147483647,"words":"1200 or a multiple of 2400"},
				"efaCapacity": {"also":[],"multipleOf":38400,"maximum":2147483647,"words":"a multiple of 38400"},
			},
			{
				"throughput": 250,
				"capacity": {"also":[1200],"multipleOf":2400,"maximum":2147483647,"words":"1200 or a multiple of 2400"},
				"efaCapacity": {"also":[],"multipleOf":19200,"maximum":2147483647,"words":"a multiple of 19200"},
			},
			{
				"throughput": 500,
				"capacity": {"also":[1200],"multipleOf":2400,"maximum":2147483647,"words":"1200 or a multiple of 2400"},
				"efaCapacity": {"also":[],"multipleOf":9600,"maximum":2147483647,"words":"a multiple of 9600"},
			},
			{
				"throughput": 1000,
				"capacity": {"also":[1200],"multipleOf":2400,"maximum":2147483647,"words":"1200 or a multiple of 2400"},
				"efaCapacity": {"also":[],"multipleOf":4800,"maximum":2147483647,"words":"a multiple of 4800"},
			},
		],
		"use": {"PerUnitStorageThroughput":"125, 250, 500 or 1000 (MB/s per TiB)"},
	},
	{
		"name": "PERSISTENT_2 INTELLIGENT_TIERING",
		"deployment": "PERSISTENT_2",
		"storage": "INTELLIGENT_TIERING",
		"oldestVersion": "2.15",
		"tiers": [],
		"use": {
			"ThroughputCapacity": "a multiple of 4000 up to 2000000 (MB/s)",
			"DataReadCacheConfiguration": "an object with SizingMode and, where that is USER_PROVISIONED, SizeGiB",
			"MetadataConfiguration": "Mode USER_PROVISIONED with Iops 6000 or 12000",
		},
	},
]

restorable := ["PERSISTENT_1","PERSISTENT_2"]

properties := {
	"StorageCapacity": {
		"fits": {
			"SCRATCH_1": "required",
			"SCRATCH_2": "required",
			"PERSISTENT_1 SSD": "required",
			"PERSISTENT_1 HDD": "required",
			"PERSISTENT_2 SSD": "required",
			"PERSISTENT_2 INTELLIGENT_TIERING": "refused",
		},
		"expected": "a whole number (GiB)",
		"why": "its storage is elastic",
	},
	"StorageType": {
		"fits": {
			"SCRATCH_1": "optional",
			"SCRATCH_2": "optional",
			"PERSISTENT_1 SSD": "optional",
			"PERSISTENT_1 HDD": "optional",
			"PERSISTENT_2 SSD": "optional",
			"PERSISTENT_2 INTELLIGENT_TIERING": "optional",
		},
		"expected": "SSD, HDD or INTELLIGENT_TIERING",
	},
	"DeploymentType": {
		"fits": {
			"SCRATCH_1": "optional",
			"SCRATCH_2": "optional",
			"PERSISTENT_1 SSD": "optional",
			"PERSISTENT_1 HDD": "optional",
			"PERSISTENT_2 SSD": "optional",
			"PERSISTENT_2 INTELLIGENT_TIERING": "optional",
		},
		"expected": "SCRATCH_1, SCRATCH_2, PERSISTENT_1 or PERSISTENT_2",
	},
	"SubnetIds": {
		"fits": {
			"SCRATCH_1": "optional",
			"SCRATCH_2": "optional",
			"PERSISTENT_1 SSD": "optional",
			"PERSISTENT_1 HDD": "optional",
			"PERSISTENT_2 SSD": "optional",
			"PERSISTENT_2 INTELLIGENT_TIERING": "optional",
		},
		"expected": "a list with one subnet ID",
	},
	"SecurityGroupIds": {
		"fits": {
			"SCRATCH_1": "optional",
			"SCRATCH_2": "optional",
			"PERSISTENT_1 SSD": "optional",
			"PERSISTENT_1 HDD": "optional",
			"PERSISTENT_2 SSD": "optional",
			"PERSISTENT_2 INTELLIGENT_TIERING": "optional",
		},
		"expected": "a list of at most 50 security group IDs",
	},
	"PerUnitStorageThroughput": {
		"fits": {
			"SCRATCH_1": "refused",
			"SCRATCH_2": "refused",
			"PERSISTENT_1 SSD": "required",
			"PERSISTENT_1 HDD": "required",
			"PERSISTENT_2 SSD": "required",
			"PERSISTENT_2 INTELLIGENT_TIERING": "refused",
		},
		"expected": "a whole number (MB/s per TiB)",
		"why": "its throughput is not set per TiB",
	},
	"ThroughputCapacity": {
		"fits": {
			"SCRATCH_1": "refused",
			"SCRATCH_2": "refused",
			"PERSISTENT_1 SSD": "refused",
			"PERSISTENT_1 HDD": "refused",
			"PERSISTENT_2 SSD": "refused",
			"PERSISTENT_2 INTELLIGENT_TIERING": "required",
		},
		"expected": "a whole number (MB/s)",
		"why": "its throughput depends on StorageCapacity",
	},
	"DataReadCacheConfiguration": {
		"fits": {
			"SCRATCH_1": "refused",
			"SCRATCH_2": "refused",
			"PERSISTENT_1 SSD": "refused",
			"PERSISTENT_1 HDD": "refused",
			"PERSISTENT_2 SSD": "refused",
			"PERSISTENT_2 INTELLIGENT_TIERING": "required",
		},
		"expected": "an object with SizingMode and, where that is USER_PROVISIONED, SizeGiB",
		"why": "it has no read cache of this kind",
	},
	"ImportPath": {
		"fits": {
			"SCRATCH_1": "optional",
			"SCRATCH_2": "optional",
			"PERSISTENT_1 SSD": "optional",
			"PERSISTENT_1 HDD": "optional",
			"PERSISTENT_2 SSD": "refused",
			"PERSISTENT_2 INTELLIGENT_TIERING": "refused",
		},
		"expected": "an S3 path",
		"why": "PERSISTENT_2 SSD uses AWS::FSx::DataRepositoryAssociation instead; INTELLIGENT_TIERING cannot be linked to S3",
	},
	"ExportPath": {
		"fits": {
			"SCRATCH_1": "optional",
			"SCRATCH_2": "optional",
			"PERSISTENT_1 SSD": "optional",
			"PERSISTENT_1 HDD": "optional",
			"PERSISTENT_2 SSD": "refused",
			"PERSISTENT_2 INTELLIGENT_TIERING": "refused",
		},
		"expected": "an S3 path in the bucket of ImportPath",
		"why": "it requires ImportPath",
	},
	"AutoImportPolicy": {
		"fits": {
			"SCRATCH_1": "optional",
			"SCRATCH_2": "optional",
			"PERSISTENT_1 SSD": "optional",
			"PERSISTENT_1 HDD": "optional",
			"PERSISTENT_2 SSD": "refused",
			"PERSISTENT_2 INTELLIGENT_TIERING": "refused",
		},
		"expected": "NONE, NEW, NEW_CHANGED or NEW_CHANGED_DELETED",
		"why": "it requires ImportPath",
	},
	"ImportedFileChunkSize": {
		"fits": {
			"SCRATCH_1": "optional",
			"SCRATCH_2": "optional",
			"PERSISTENT_1 SSD": "optional",
			"PERSISTENT_1 HDD": "optional",
			"PERSISTENT_2 SSD": "refused",
			"PERSISTENT_2 INTELLIGENT_TIERING": "refused",
		},
		"expected": "a whole number (MiB)",
		"why": "it requires ImportPath",
	},
	"AutomaticBackupRetentionDays": {
		"fits": {
			"SCRATCH_1": "refused",
			"SCRATCH_2": "refused",
			"PERSISTENT_1 SSD": "optional",
			"PERSISTENT_1 HDD": "optional",
			"PERSISTENT_2 SSD": "optional",
			"PERSISTENT_2 INTELLIGENT_TIERING": "optional",
		},
		"expected": "a whole number (days)",
		"why": "scratch file systems have no backups",
		"inert": 0,
	},
	"DailyAutomaticBackupStartTime": {
		"fits": {
			"SCRATCH_1": "refused",
			"SCRATCH_2": "refused",
			"PERSISTENT_1 SSD": "optional",
			"PERSISTENT_1 HDD": "optional",
			"PERSISTENT_2 SSD": "optional",
			"PERSISTENT_2 INTELLIGENT_TIERING": "optional",
		},
		"expected": "HH:MM in UTC",
		"why": "scratch file systems have no backups",
	},
	"CopyTagsToBackups": {
		"fits": {
			"SCRATCH_1": "optional",
			"SCRATCH_2": "optional",
			"PERSISTENT_1 SSD": "optional",
			"PERSISTENT_1 HDD": "optional",
			"PERSISTENT_2 SSD": "optional",
			"PERSISTENT_2 INTELLIGENT_TIERING": "optional",
		},
		"expected": "true or false",
	},
	"WeeklyMaintenanceStartTime": {
		"fits": {
			"SCRATCH_1": "optional",
			"SCRATCH_2": "optional",
			"PERSISTENT_1 SSD": "optional",
			"PERSISTENT_1 HDD": "optional",
			"PERSISTENT_2 SSD": "optional",
			"PERSISTENT_2 INTELLIGENT_TIERING": "optional",
		},
		"expected": "d:HH:MM in UTC, where 1 is Monday and 7 is Sunday",
	},
	"DataCompressionType": {
		"fits": {
			"SCRATCH_1": "optional",
			"SCRATCH_2": "optional",
			"PERSISTENT_1 SSD": "optional",
			"PERSISTENT_1 HDD": "optional",
			"PERSISTENT_2 SSD": "optional",
			"PERSISTENT_2 INTELLIGENT_TIERING": "optional",
		},
		"expected": "NONE or LZ4",
	},
	"DriveCacheType": {
		"fits": {
			"SCRATCH_1": "refused",
			"SCRATCH_2": "refused",
			"PERSISTENT_1 SSD": "refused",
			"PERSISTENT_1 HDD": "required",
			"PERSISTENT_2 SSD": "refused",
			"PERSISTENT_2 INTELLIGENT_TIERING": "refused",
		},
		"expected": "NONE or READ",
		"why": "the drive cache is for HDD storage",
	},
	"KmsKeyId": {
		"fits": {
			"SCRATCH_1": "doubtful",
			"SCRATCH_2": "doubtful",
			"PERSISTENT_1 SSD": "optional",
			"PERSISTENT_1 HDD": "optional",
			"PERSISTENT_2 SSD": "optional",
			"PERSISTENT_2 INTELLIGENT_TIERING": "optional",
		},
		"expected": "the ID, alias or ARN of a KMS key",
		"why": "AWS documents KMS keys for persistent file systems only; FSx manages the keys of scratch file systems",
	},
	"FileSystemTypeVersion": {
		"fits": {
			"SCRATCH_1": "optional",
			"SCRATCH_2": "optional",
			"PERSISTENT_1 SSD": "optional",
			"PERSISTENT_1 HDD": "optional",
			"PERSISTENT_2 SSD": "optional",
			"PERSISTENT_2 INTELLIGENT_TIERING": "optional",
		},
		"expected": "a Lustre version",
	},
	"EfaEnabled": {
		"fits": {
			"SCRATCH_1": "refused",
			"SCRATCH_2": "refused",
			"PERSISTENT_1 SSD": "refused",
			"PERSISTENT_1 HDD": "refused",
			"PERSISTENT_2 SSD": "optional",
			"PERSISTENT_2 INTELLIGENT_TIERING": "optional",
		},
		"expected": "true or false",
		"why": "its servers do not support EFA",
		"inert": false,
	},
	"MetadataConfiguration": {
		"fits": {
			"SCRATCH_1": "refused",
			"SCRATCH_2": "refused",
			"PERSISTENT_1 SSD": "refused",
			"PERSISTENT_1 HDD": "refused",
			"PERSISTENT_2 SSD": "optional",
			"PERSISTENT_2 INTELLIGENT_TIERING": "required",
		},
		"expected": "an object with Mode and, where that is USER_PROVISIONED, Iops",
		"why": "its metadata performance is fixed",
	},
	"LogConfiguration": {
		"fits": {
			"SCRATCH_1": "optional",
			"SCRATCH_2": "optional",
			"PERSISTENT_1 SSD": "optional",
			"PERSISTENT_1 HDD": "optional",
			"PERSISTENT_2 SSD": "optional",
			"PERSISTENT_2 INTELLIGENT_TIERING": "optional",
		},
		"expected": "an object with Level and Destination",
	},
	"RootSquashConfiguration": {
		"fits": {
			"SCRATCH_1": "optional",
			"SCRATCH_2": "optional",
			"PERSISTENT_1 SSD": "optional",
			"PERSISTENT_1 HDD": "optional",
			"PERSISTENT_2 SSD": "optional",
			"PERSISTENT_2 INTELLIGENT_TIERING": "optional",
		},
		"expected": "an object with RootSquash and NoSquashNids",
	},
	"BackupId": {
		"fits": {
			"SCRATCH_1": "refused",
			"SCRATCH_2": "refused",
			"PERSISTENT_1 SSD": "optional",
			"PERSISTENT_1 HDD": "optional",
			"PERSISTENT_2 SSD": "optional",
			"PERSISTENT_2 INTELLIGENT_TIERING": "optional",
		},
		"expected": "a backup ID",
		"why": "backups are restored to persistent file systems only",
	},
	"SkipFinalBackup": {
		"fits": {
			"SCRATCH_1": "refused",
			"SCRATCH_2": "refused",
			"PERSISTENT_1 SSD": "optional",
			"PERSISTENT_1 HDD": "optional",
			"PERSISTENT_2 SSD": "optional",
			"PERSISTENT_2 INTELLIGENT_TIERING": "optional",
		},
		"expected": "true or false",
		"why": "scratch file systems have no backups",
		"inert": true,
	},
	"FinalBackupTags": {
		"fits": {
			"SCRATCH_1": "refused",
			"SCRATCH_2": "refused",
			"PERSISTENT_1 SSD": "optional",
			"PERSISTENT_1 HDD": "optional",
			"PERSISTENT_2 SSD": "optional",
			"PERSISTENT_2 INTELLIGENT_TIERING": "optional",
		},
		"expected": "a list of at most 50 tags, each with Key and Value",
		"why": "scratch file systems have no backups",
	},
	"Tags": {
		"fits": {
			"SCRATCH_1": "optional",
			"SCRATCH_2": "optional",
			"PERSISTENT_1 SSD": "optional",
			"PERSISTENT_1 HDD": "optional",
			"PERSISTENT_2 SSD": "optional",
			"PERSISTENT_2 INTELLIGENT_TIERING": "optional",
		},
		"expected": "a list of at most 50 tags, each with Key and Value",
	},
}

forms := {
	"StorageCapacity": {"type":"integer","expected":"a whole number (GiB)"},
	"StorageType": {
		"type": "text",
		"expected": "SSD, HDD or INTELLIGENT_TIERING",
		"values": ["SSD","HDD","INTELLIGENT_TIERING"],
	},
	"DeploymentType": {
		"type": "text",
		"expected": "SCRATCH_1, SCRATCH_2, PERSISTENT_1 or PERSISTENT_2",
		"values": ["SCRATCH_1","SCRATCH_2","PERSISTENT_1","PERSISTENT_2"],
	},
	"SubnetIds": {"type":"list","expected":"a list with one subnet ID"},
	"SubnetIds[]": {
		"type": "text",
		"expected": "a subnet ID, such as subnet-0123456789abcdef0",
		"pattern": "^subnet-[0-9a-f]{8,}$",
		"length": [15,24],
		"ofAccount": true,
	},
	"SecurityGroupIds": {"type":"list","expected":"a list of at most 50 security group IDs","maximum":50},
	"SecurityGroupIds[]": {
		"type": "text",
		"expected": "a security group ID, such as sg-0123456789abcdef0",
		"pattern": "^sg-[0-9a-f]{8,}$",
		"length": [11,20],
		"ofAccount": true,
	},
	"PerUnitStorageThroughput": {"type":"integer","expected":"a whole number (MB/s per TiB)"},
	"ThroughputCapacity": {"type":"integer","expected":"a whole number (MB/s)"},
	"DataReadCacheConfiguration": {
		"type": "object",
		"expected": "an object with SizingMode and, where that is USER_PROVISIONED, SizeGiB",
		"required": ["SizingMode"],
	},
	"DataReadCacheConfiguration.SizingMode": {
		"type": "text",
		"expected": "NO_CACHE, USER_PROVISIONED or PROPORTIONAL_TO_THROUGHPUT_CAPACITY",
		"values": ["NO_CACHE","USER_PROVISIONED","PROPORTIONAL_TO_THROUGHPUT_CAPACITY"],
	},
	"DataReadCacheConfiguration.SizeGiB": {"type":"integer","expected":"a whole number (GiB)"},
	"ImportPath": {
		"type": "text",
		"expected": "an S3 path, such as s3://bucket/prefix",
		"pattern": "^s3:\\/\\/[^/\\u0000\\u0085\\u2028\\u2029\\r\\n][^\\u0000\\u0085\\u2028\\u2029\\r\\n]*$",
		"length": [3,4357],
		"ofAccount": true,
	},
	"ExportPath": {
		"type": "text",
		"expected": "an S3 path in the bucket of ImportPath, such as s3://bucket/results",
		"pattern": "^s3:\\/\\/[^/\\u0000\\u0085\\u2028\\u2029\\r\\n][^\\u0000\\u0085\\u2028\\u2029\\r\\n]*$",
		"length": [3,4357],
		"ofAccount": true,
	},
	"AutoImportPolicy": {
		"type": "text",
		"expected": "NONE, NEW, NEW_CHANGED or NEW_CHANGED_DELETED",
		"values": ["NONE","NEW","NEW_CHANGED","NEW_CHANGED_DELETED"],
	},
	"ImportedFileChunkSize": {"type":"integer","expected":"a whole number (MiB)","minimum":1,"maximum":512000},
	"AutomaticBackupRetentionDays": {"type":"integer","expected":"a whole number (days)","minimum":0,"maximum":90},
	"DailyAutomaticBackupStartTime": {
		"type": "text",
		"expected": "HH:MM in UTC, such as 05:00",
		"pattern": "^([01][0-9]|2[0-3]):([0-5][0-9])$",
		"length": [5,5],
	},
	"CopyTagsToBackups": {"type":"boolean","expected":"true or false"},
	"WeeklyMaintenanceStartTime": {
		"type": "text",
		"expected": "d:HH:MM in UTC, where 1 is Monday and 7 is Sunday, such as 6:00:00",
		"pattern": "^[1-7]:([01][0-9]|2[0-3]):([0-5][0-9])$",
		"length": [7,7],
	},
	"DataCompressionType": {"type":"text","expected":"NONE or LZ4","values":["NONE","LZ4"]},
	"DriveCacheType": {"type":"text","expected":"NONE or READ","values":["NONE","READ"]},
	"KmsKeyId": {
		"type": "text",
		"expected": "the ID, alias or ARN of a KMS key, such as alias/my-key",
		"pattern": "^(([0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}|mrk-[0-9A-Fa-f]{32})|alias\\/[A-Za-z0-9:/_-]{1,250}|arn:aws[a-z-]{0,60}:kms:[a-z0-9-]{1,63}:[0-9]{12}:(key\\/([0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}|mrk-[0-9A-Fa-f]{32})|alias\\/[A-Za-z0-9:/_-]{1,250}))$",
		"length": [1,2048],
		"ofAccount": true,
	},
	"FileSystemTypeVersion": {
		"type": "text",
		"expected": "a Lustre version, such as 2.15",
		"pattern": "^[0-9]+(\\.[0-9]+)*$",
		"length": [1,20],
	},
	"EfaEnabled": {"type":"boolean","expected":"true or false"},
	"MetadataConfiguration": {
		"type": "object",
		"expected": "an object with Mode and, where that is USER_PROVISIONED, Iops",
		"required": ["Mode"],
	},
	"MetadataConfiguration.Mode": {
		"type": "text",
		"expected": "AUTOMATIC or USER_PROVISIONED",
		"values": ["AUTOMATIC","USER_PROVISIONED"],
	},
	"MetadataConfiguration.Iops": {"type":"integer","expected":"a whole number (operations per second)"},
	"LogConfiguration": {"type":"object","expected":"an object with Level and Destination","required":["Level"]},
	"LogConfiguration.Level": {
		"type": "text",
		"expected": "DISABLED, WARN_ONLY, ERROR_ONLY or WARN_ERROR",
		"values": ["DISABLED","WARN_ONLY","ERROR_ONLY","WARN_ERROR"],
	},
	"LogConfiguration.Destination": {
		"type": "text",
		"expected": "the ARN of a CloudWatch Logs log group whose name begins with /aws/fsx/, such as arn:aws:logs:us-east-1:123456789012:log-group:/aws/fsx/lustre",
		"pattern": "^arn:aws[a-z-]{0,60}:logs:[a-z0-9-]{1,63}:[0-9]{12}:log-group:\\/aws\\/fsx[A-Za-z0-9._/#-]*(:\\*)?$",
		"length": [8,1024],
		"ofAccount": true,
	},
	"RootSquashConfiguration": {"type":"object","expected":"an object with RootSquash and NoSquashNids","required":[]},
	"RootSquashConfiguration.RootSquash": {
		"type": "text",
		"expected": "UID:GID, such as 65534:65534",
		"pattern": "^[0-9]{1,10}:[0-9]{1,10}$",
		"length": [3,21],
	},
	"RootSquashConfiguration.NoSquashNids": {"type":"list","expected":"a list of at most 64 client addresses","maximum":64},
	"RootSquashConfiguration.NoSquashNids[]": {
		"type": "text",
		"expected": "an address or range of addresses that ends with @tcp, such as 10.0.[1-4].[0-255]@tcp",
		"pattern": "^((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])|\\[(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])-(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])\\])\\.((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])|\\[(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])-(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])\\])\\.((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])|\\[(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])-(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])\\])\\.((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])|\\[(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])-(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])\\])@tcp$",
		"length": [11,43],
	},
	"BackupId": {
		"type": "text",
		"expected": "a backup ID, such as backup-0123456789abcdef0",
		"pattern": "^backup-[0-9a-f]{8,}$",
		"length": [12,128],
		"ofAccount": true,
	},
	"SkipFinalBackup": {"type":"boolean","expected":"true or false"},
	"FinalBackupTags": {"type":"list","expected":"a list of at most 50 tags, each with Key and Value","maximum":50},
	"FinalBackupTags[]": {"type":"object","expected":"a tag with Key and Value","required":["Key","Value"]},
	"FinalBackupTags[].Key": {
		"type": "text",
		"expected": "letters, digits, spaces and _.:/=+-@",
		"pattern": "^[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*$",
		"length": [1,128],
	},
	"FinalBackupTags[].Value": {
		"type": "text",
		"expected": "letters, digits, spaces and _.:/=+-@",
		"pattern": "^[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*$",
		"length": [0,256],
	},
	"Tags": {"type":"list","expected":"a list of at most 50 tags, each with Key and Value","maximum":50},
	"Tags[]": {"type":"object","expected":"a tag with Key and Value","required":["Key","Value"]},
	"Tags[].Key": {
		"type": "text",
		"expected": "letters, digits, spaces and _.:/=+-@",
		"pattern": "^[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*$",
		"length": [1,128],
	},
	"Tags[].Value": {
		"type": "text",
		"expected": "letters, digits, spaces and _.:/=+-@",
		"pattern": "^[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*$",
		"length": [0,256],
	},
}

places := {
	"AWS::FSx::FileSystem": {
		"StorageCapacity": "StorageCapacity",
		"StorageType": "StorageType",
		"DeploymentType": "LustreConfiguration.DeploymentType",
		"SubnetIds": "SubnetIds",
		"SecurityGroupIds": "SecurityGroupIds",
		"PerUnitStorageThroughput": "LustreConfiguration.PerUnitStorageThroughput",
		"ThroughputCapacity": "LustreConfiguration.ThroughputCapacity",
		"DataReadCacheConfiguration": "LustreConfiguration.DataReadCacheConfiguration",
		"ImportPath": "LustreConfiguration.ImportPath",
		"ExportPath": "LustreConfiguration.ExportPath",
		"AutoImportPolicy": "LustreConfiguration.AutoImportPolicy",
		"ImportedFileChunkSize": "LustreConfiguration.ImportedFileChunkSize",
		"AutomaticBackupRetentionDays": "LustreConfiguration.AutomaticBackupRetentionDays",
		"DailyAutomaticBackupStartTime": "LustreConfiguration.DailyAutomaticBackupStartTime",
		"CopyTagsToBackups": "LustreConfiguration.CopyTagsToBackups",
		"WeeklyMaintenanceStartTime": "LustreConfiguration.WeeklyMaintenanceStartTime",
		"DataCompressionType": "LustreConfiguration.DataCompressionType",
		"DriveCacheType": "LustreConfiguration.DriveCacheType",
		"KmsKeyId": "KmsKeyId",
		"FileSystemTypeVersion": "FileSystemTypeVersion",
		"EfaEnabled": "LustreConfiguration.EfaEnabled",
		"MetadataConfiguration": "LustreConfiguration.MetadataConfiguration",
		"LogConfiguration": "LustreConfiguration.LogConfiguration",
		"BackupId": "BackupId",
		"Tags": "Tags",
	},
	"Pangea::FSx::LustreFileSystem": {
		"StorageCapacity": "StorageCapacity",
		"StorageType": "StorageType",
		"DeploymentType": "DeploymentType",
		"SubnetIds": "SubnetIds",
		"SecurityGroupIds": "SecurityGroupIds",
		"PerUnitStorageThroughput": "PerUnitStorageThroughput",
		"ThroughputCapacity": "ThroughputCapacity",
		"DataReadCacheConfiguration": "DataReadCacheConfiguration",
		"ImportPath": "ImportPath",
		"ExportPath": "ExportPath",
		"AutoImportPolicy": "AutoImportPolicy",
		"ImportedFileChunkSize": "ImportedFileChunkSize",
		"AutomaticBackupRetentionDays": "AutomaticBackupRetentionDays",
		"DailyAutomaticBackupStartTime": "DailyAutomaticBackupStartTime",
		"CopyTagsToBackups": "CopyTagsToBackups",
		"WeeklyMaintenanceStartTime": "WeeklyMaintenanceStartTime",
		"DataCompressionType": "DataCompressionType",
		"DriveCacheType": "DriveCacheType",
		"KmsKeyId": "KmsKeyId",
		"FileSystemTypeVersion": "FileSystemTypeVersion",
		"EfaEnabled": "EfaEnabled",
		"MetadataConfiguration": "MetadataConfiguration",
		"LogConfiguration": "LogConfiguration",
		"RootSquashConfiguration": "RootSquashConfiguration",
		"BackupId": "BackupId",
		"SkipFinalBackup": "SkipFinalBackup",
		"FinalBackupTags": "FinalBackupTags",
		"Tags": "Tags",
	},
}

defaults := {
	"AWS::FSx::FileSystem": {
		"StorageType": "SSD",
		"DeploymentType": "SCRATCH_1",
		"FileSystemTypeVersion": {"SCRATCH_1":"2.10","SCRATCH_2":"2.10","PERSISTENT_1":"2.10","PERSISTENT_2":"2.15"},
	},
	"Pangea::FSx::LustreFileSystem": {
		"StorageType": "SSD",
		"DeploymentType": "SCRATCH_2",
		"FileSystemTypeVersion": {
			"SCRATCH_1": "2.15",
			"SCRATCH_2": "2.15",
			"PERSISTENT_1": "2.15",
			"PERSISTENT_2": "2.15",
			"otherwise": "2.15",
		},
	},
}

attributes := [
	"FileSystemId",
	"ResourceARN",
	"DNSName",
	"MountName",
	"NetworkInterfaceIds",
	"VpcId",
	"OwnerId",
	"EstimatedBaselineThroughput",
	"EstimatedBurstThroughput",
	"EstimatedMonthlyCost",
	"EstimatedMonthlyCostBreakdown",
	"EstimatedCostBasis",
	"MountCommand",
]

versions := ["2.10","2.12","2.15"]

metadata_version := "2.15"

metadata_iops := {
	"SSD": {
		"also": [1500,3000,6000],
		"multipleOf": 12000,
		"maximum": 192000,
		"words": "1500, 3000, 6000 or a multiple of 12000 up to 192000",
	},
	"INTELLIGENT_TIERING": {"also":[6000],"multipleOf":12000,"maximum":12000,"words":"6000 or 12000"},
}

throughput_capacity := {"also":[],"multipleOf":4000,"maximum":2000000,"words":"a multiple of 4000 up to 2000000"}

read_cache := {"server":4000,"smallest":32,"largest":131072,"proportion":5,"leastStep":10}

longest_retention := 90

s3_companions := ["ExportPath","AutoImportPolicy","ImportedFileChunkSize"]

bucket_name := {
	"type": "text",
	"expected": "3 to 63 lowercase letters, digits, periods and hyphens, not formatted as an IP address",
	"pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$",
	"ruledOut": "^[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}$",
	"length": [3,255],
}

last_id := 4294967294

manual := "https://github.com/pangea-fsx/pangea-fsx-lustrefilesystem/blob/main/manual/rules.md#"

or_words(items) := "" if count(items) == 0

or_words(items) := sprintf("%v", [items[0]]) if count(items) == 1

or_words(items) := sprintf("%s or %v", [concat(", ", most), items[count(items) - 1]]) if {
	count(items) > 1
	most := [sprintf("%v", [item]) | some item in array.slice(items, 0, count(items) - 1)]
}

nearest_words(numbers) := "" if count(numbers) == 0

nearest_words(numbers) := sprintf(", nearest %s", [or_words(numbers)]) if count(numbers) > 0

value_words(value) := shortened(plain_words(value))

plain_words(value) := value if {
	is_string(value)
	regex.match("^[A-Za-z0-9_./:@+-]+$", value)
} else := json.marshal(value)

shortened(text) := text if {
	count(text) <= 72
} else := concat("", [substring(text, 0, 35), "...", substring(text, count(text) - 34, 34)])

# A property with its value, if that is known.
with_value(k, property) := sprintf("%s %s", [property, value_words(parts[k][property])]) if {
	parts[k][property] != null
} else := property

allows(numbers, value) if value in numbers.also

allows(numbers, value) if {
	value > 0
	value <= numbers.maximum
	value % numbers.multipleOf == 0
}

# The allowed numbers below and above one that is not allowed.
nearest(numbers, value) := listed if {
	step := numbers.multipleOf
	last := floor(numbers.maximum / step) * step
	multiple := floor(value / step) * step
	candidates := {number | some number in numbers.also}
	below := {number | some number in candidates | {min([multiple, last])}; number > 0; number <= value}
	above := {number | some number in candidates | {max([multiple, 0]) + step}; number > value; number <= last}
	listed := array.concat([max(below) | count(below) > 0], [min(above) | count(above) > 0])
}

is_within(property, path) if property == path

is_within(property, path) if startswith(property, concat("", [path, "."]))

is_within(property, path) if startswith(property, concat("", [path, "["]))

head(path) := split(split(path, ".")[0], "[")[0]

# Replaces a pattern in a text. The engine compiles the pattern for each text, so texts without a part of it are passed over.
replaced(text, part, pattern, by) := text if {
	not contains(text, part)
} else := regex.replace(text, pattern, by)

distinct(items) := [item |
	some i, item in items
	not item in array.slice(items, 0, i)
]

# The engine's markers of unknown values, such as __dynamic and __ref, and functions that it has not evaluated.
is_unknown(value) if {
	is_object(value)
	some key, _ in value
	regex.match("^(__|Fn::|Ref$)", key)
}

# A resource of a type that the rules know.
known_types[name] := resource.resourceType if {
	some name, resource in input.resources
	places[resource.resourceType]
	is_object(resource.properties)
}

# The parameters that a resource refers to, by the path of the reference.
references[name] := listed if {
	some name, _ in known_types
	listed := [reference |
		some edge in input.resources[name].outgoingRefs
		parameter := input.parameters[edge.target]
		reference := {
			"parameter": edge.target,
			"type": parameter.type,
			"path": trim_prefix(without_if(edge.sourcePath), "Properties."),
			"values": allowed_values(parameter),
			"default": object.get(parameter, "default", null),
		}
	]
}

allowed_values(parameter) := values if {
	is_array(parameter.allowedValues)
	values := [coerce_to_string(value) | some value in parameter.allowedValues]
} else := []

# Those with AllowedValues.
choices[name] := listed if {
	some name, all in references
	listed := [reference | some reference in all; count(reference.values) > 0]
}

# Those whose default is a name that the deployment looks up.
looked_up[name] := paths if {
	some name, all in references
	paths := {reference.path |
		some reference in all
		startswith(reference.type, "AWS::SSM::Parameter::Value<")
	}
}

# The combinations of conditions and choices.
possible[name] := listed if {
	some name, _ in known_types
	gate := {condition: true | condition := resource_condition(name); condition != null}
	listed := [scenario |
		some scenario in properties_scenarios(name, [key | some key, _ in input.resources[name].properties])
		is_possible(scenario.conditions, gate)
		is_consistent(name, object.union(scenario, {"conditions": object.union(scenario.conditions, gate)}))
	]
}

# The engine varies the conditions and the values of a parameter independently of each other. The places where a resource has
# the value of a parameter, or that of a mapping with the parameter as its key, with what they have for each allowed value.
readings[name] := listed if {
	some name, _ in known_types
	listed := [reading |
		some edge in input.resources[name].outgoingRefs
		parameter := input.parameters[edge.target]
		context := split(object.get(edge, "conditionContext", ""), ",")
		not is_contradictory(context)
		values := candidates(parameter)
		path := split(trim_prefix(edge.sourcePath, "Properties."), ".")
		read := value_path(path)
		gives := given_by(name, path, values)
		reading := {
			"parameter": edge.target,
			"values": values,
			"is_free": count(allowed_values(parameter)) == 0,
			"when": holding(context),
			"path": read,
			"gives": gives,
		}
	]
}

# The allowed values of a parameter, else its default.
candidates(parameter) := allowed_values(parameter) if count(allowed_values(parameter)) > 0

candidates(parameter) := [coerce_to_string(parameter["default"])] if {
	count(allowed_values(parameter)) == 0
	parameter["default"] != null
}

# The path of the property, without the functions in it.
value_path(path) := split(without_map(without_if(concat(".", path))), ".")

without_if(path) := replaced(path, ".Fn::If.", "\\.Fn::If\\.[0-9]+", "")

without_map(path) := replaced(path, ".Fn::FindInMap.", "\\.Fn::FindInMap\\.[0-9]+$", "")

# What a place has for each of the values: itself, a text that is composed of it, or the value of a mapping. Undefined if it
# also depends on something else.
given_by(name, path, values) := listed if {
	listed := value_at(name, path)["__enum"]
	count(listed) == count(values)
}

given_by(name, path, [_]) := [given] if {
	given := value_at(name, path)
	not is_object(given)
}

given_by(name, path, values) := values if {
	given := value_at(name, path)
	is_object(given)
	not given["__enum"]
	not contains(without_if(concat(".", path)), "Fn::")
}

value_at(name, path) := object.get(input.resources[name].properties, split(place, "."), {}) if {
	steps := without_map(concat(".", path))
	place := strings.replace_n({"Fn::If.1": "__if_true", "Fn::If.2": "__if_false"}, steps)
}

# The conditions of Fn::If around a place, such as ["A", "!B"], as an object. A place under a condition and its contrary, as in
# !If [A, x, !If [A, y, z]], is never used.
holding(context) := {trim_prefix(condition, "!"): not_negated(condition) |
	some condition in context
	condition != ""
}

is_contradictory(context) if {
	some condition in context
	concat("", ["!", condition]) in context
}

not_negated(condition) := false if startswith(condition, "!")

not_negated(condition) := true if not startswith(condition, "!")

# The readings of each parameter.
readings_of[name] := by_parameter if {
	some name, all in readings
	by_parameter := {parameter: listed |
		some parameter in {reading.parameter | some reading in all}
		listed := [reading | some reading in all; reading.parameter == parameter]
	}
}

# Those that a scenario may contradict: one place alone, without conditions, has the value that the engine gives it.
compared[name] := by_parameter if {
	some name, all in readings_of
	by_parameter := {parameter: listed |
		some parameter, listed in all
		not listed[0].is_free
		count(listed) + count(conditions_read[name]) > 1
	}
}

is_consistent(name, scenario) if {
	every parameter, listed in compared[name] {
		some i, value in listed[0].values
		may_be(scenario, parameter, listed, i, value)
	}
}

# Whether a parameter with these readings may have its i-th value in a scenario.
may_be(scenario, parameter, listed, i, value) if {
	every reading in listed { agrees(reading, scenario, i) }
	agrees_with_conditions(scenario, parameter, value)
}

agrees(reading, scenario, _) if not is_active(reading, scenario)

agrees(reading, scenario, i) if {
	value := object.get(scenario.properties, reading.path, {"__absent": true})
	coerce_to_string(value) == coerce_to_string(reading.gives[i])
}

agrees(reading, scenario, _) if is_unknown(object.get(scenario.properties, reading.path, {"__absent": true}))

is_active(reading, scenario) if {
	every condition, holds in reading.when { object.get(scenario.conditions, condition, holds) == holds }
}

agrees_with_conditions(scenario, parameter, value) if {
	every condition, holds in scenario.conditions { settled_text(condition, parameter, value) != contrary[holds] }
}

settled_text(condition, parameter, value) := settled[condition][parameter][value]

settled_text(condition, parameter, value) := "open" if not settled[condition][parameter][value]

contrary := {true: "false", false: "true"}

# The conditions of the template where a parameter has a value: "true", "false", or another text if that does not settle it.
settled[condition][parameter][value] := text if {
	some name, _ in readings
	some condition in conditions_read[name]
	full := expressions[condition]
	some parameter, listed in readings_of[name]
	some value in listed[0].values
	same := strings.replace_n(
		{
			sprintf("Equals(Param(%s), \"%s\")", [parameter, value]): "true",
			sprintf("Equals(\"%s\", Param(%s))", [value, parameter]): "true",
		},
		full,
	)
	other := replaced(
		same,
		sprintf("Param(%s)", [parameter]),
		sprintf("Equals\\((Param\\(%s\\), \"[^\"()]*\"|\"[^\"()]*\", Param\\(%s\\))\\)", [parameter, parameter]),
		"false",
	)
	known := replaced(other, "Equals(", "Equals\\(([^()]|\\([^()]*\\))*\\)", "open")
	text := reduced(reduced(reduced(reduced(reduced(reduced(known))))))
}

# The conditions that decide whether a resource exists, and what its properties are.
conditions_read[name] := listed if {
	some name, _ in known_types
	used := array.concat(object.get(input.resources[name], "conditionRefs", []), [resource_condition(name)])
	listed := {condition | some condition in used; condition != null}
}

# The conditions, with those that they consist of in their place.
expressions[condition] := inlined(inlined(inlined(inlined(definition.expression)))) if {
	some condition, definition in input.conditions
}

inlined(text) := strings.replace_n(expression_of, text)

expression_of[sprintf("Condition(%s)", [condition])] := object.get(definition, "expression", "open") if {
	some condition, definition in input.conditions
}

reduced(text) := text if {
	text in {"true", "false", "open"}
} else := or_settled if {
	negated := strings.replace_n({"Not(true)": "false", "Not(false)": "true", "Not(open)": "open"}, text)
	and_false := replaced(negated, "And(", "And\\(((true|open), )*false(, (true|false|open))*\\)", "false")
	and_true := replaced(and_false, "And(", "And\\(true(, true)*\\)", "true")
	and_settled := replaced(and_true, "And(", "And\\((true|open)(, (true|open))*\\)", "open")
	or_true := replaced(and_settled, "Or(", "Or\\(((false|open), )*true(, (true|false|open))*\\)", "true")
	or_false := replaced(or_true, "Or(", "Or\\(false(, false)*\\)", "false")
	or_settled := replaced(or_false, "Or(", "Or\\((false|open)(, (false|open))*\\)", "open")
}

is_possible(conditions, gate) if {
	count(conditions) == 0
	count(gate) == 0
}

is_possible(conditions, gate) if {
	count(conditions) + count(gate) > 0
	every condition, value in gate { object.get(conditions, condition, value) == value }
	is_satisfiable(object.union(conditions, gate))
}

most_scenarios := 64

has_all_scenarios(name) if count(possible[name]) <= most_scenarios

# If there are very many, only some of the usual ones are checked.
chosen_scenarios(name) := possible[name] if {
	has_all_scenarios(name)
} else := array.slice(usual, 0, most_scenarios) if {
	usual := [scenario | some scenario in possible[name]; is_usual(name, scenario)]
}

models := [model |
	some name, type in known_types
	some scenario in chosen_scenarios(name)
	is_lustre(type, scenario.properties)
	model := {
		"name": name,
		"type": type,
		"conditions": scenario.conditions,
		"properties": flattened(type, scenario.properties),
		"usual": is_usual(name, scenario),
	}
]

is_lustre("Pangea::FSx::LustreFileSystem", _) := true

is_lustre("AWS::FSx::FileSystem", given) if {
	given.FileSystemType == "LUSTRE"
	not is_unknown(object.get(given, "LustreConfiguration", null))
}

flattened("Pangea::FSx::LustreFileSystem", given) := {key: value |
	some key, value in given
	value != null
}

flattened("AWS::FSx::FileSystem", given) := {name: value |
	some name, place in places["AWS::FSx::FileSystem"]
	value := object.get(given, split(place, "."), null)
	value != null
}

# Whether every parameter with AllowedValues and a default has its default.
is_usual(name, scenario) if {
	every choice in choices[name] { not is_other(choice, scenario.properties) }
	every parameter, listed in readings_of[name] { may_be_default(scenario, parameter, listed) }
} else := false

may_be_default(_, _, listed) if listed[0].is_free

may_be_default(_, parameter, _) if input.parameters[parameter]["default"] == null

may_be_default(scenario, parameter, listed) if {
	some i, value in listed[0].values
	value == coerce_to_string(input.parameters[parameter]["default"])
	every reading in listed { agrees(reading, scenario, i) }
}

is_other(choice, given) if {
	choice["default"] != null
	value := coerce_to_string(object.get(given, split(choice.path, "."), null))
	value in choice.values
	value != coerce_to_string(choice["default"])
}

nodes[k] := listed if {
	some k, model in models
	top := [{"path": name, "form": name, "value": value} |
		some name, value in model.properties
		properties[name]
	]
	middle := [child | some node in top; some child in children(node)]
	bottom := [child | some node in middle; some child in children(node)]
	listed := [as_known(model, node) | some node in array.concat(array.concat(top, middle), bottom)]
}

# The default of a parameter may be a placeholder that the caller replaces.
as_known(model, node) := object.union(node, {"value": {mark: "a parameter"}}) if {
	count(references[model.name]) > 0
	place := written_at(model.type, node.path)
	some path in {place, replaced(place, ".", "\\.[0-9]+$", "")}
	path in {reference.path | some reference in references[model.name]}
	mark := open_mark(model, node)
} else := object.union(node, {"value": {"__dynamic": "a parameter"}}) if {
	has_another_default(model, node)
} else := node

# Whether the value is the default of a parameter that does not have it under these conditions.
has_another_default(model, node) if {
	some reading in readings[model.name]
	reading.is_free
	concat(".", reading.path) == written_at(model.type, node.path)
	is_active(reading, model)
	some value in reading.values
	not agrees_with_conditions(model, reading.parameter, value)
}

# It may turn out to be absent.
open_mark(model, node) := "__maybe" if {
	is_blank(node.value)
} else := "__dynamic" if {
	forms[node.form].ofAccount
	is_string(node.value)
	not has_form(forms[node.form], node.value)
} else := "__dynamic" if {
	is_array(node.value)
	item := forms[concat("", [node.form, "[]"])]
	item.ofAccount
	some value in node.value
	is_string(value)
	not has_form(item, value)
} else := "__dynamic" if {
	is_looked_up(model, node)
}

is_looked_up(model, node) if written_at(model.type, node.path) in looked_up[model.name]

is_blank(value) if {
	is_string(value)
	trim_space(value) in ["", "AWS::NoValue"]
}

is_blank([value]) if value == ""

children(node) := listed if {
	forms[node.form].type == "list"
	is_array(node.value)
	listed := [{"path": sprintf("%s[%v]", [node.path, i]), "form": concat("", [node.form, "[]"]), "value": value} |
		some i, value in node.value
		value != null
	]
}

children(node) := listed if {
	forms[node.form].type == "object"
	is_object(node.value)
	not is_unknown(node.value)
	listed := [{"path": concat(".", [node.path, name]), "form": form, "value": value} |
		some name, value in node.value
		value != null
		form := concat(".", [node.form, name])
		forms[form]
	]
}

# A value in the type of its shape; none if it has another type, or is not known.
read(form, value) := whole(value) if form.type == "integer"

read(form, value) := truth(value) if form.type == "boolean"

read(form, value) := value if {
	form.type == "text"
	is_string(value)
}

read(form, value) := sprintf("%v", [value]) if {
	form.type == "text"
	is_number(value)
}

read(form, value) := json.marshal(value) if {
	form.type == "text"
	is_boolean(value)
}

read(form, value) := value if {
	form.type == "list"
	is_array(value)
}

read(form, value) := value if {
	form.type == "object"
	is_object(value)
	not is_unknown(value)
}

whole(value) := floor(value) if {
	is_number(value)
	floor(value) == value
	abs(value) <= 9007199254740991
}

whole(value) := number if {
	is_string(value)
	regex.match("^[+-]?[0-9]+(\\.0+)?$", value)
	digits := regex.replace(split(trim_prefix(value, "+"), ".")[0], "^(-?)0+([0-9])", "$1$2")
	number := to_number(digits)
	abs(number) <= 9007199254740991
}

truth(value) := value if is_boolean(value)

truth(value) := lower(value) == "true" if {
	is_string(value)
	lower(value) in ["true", "false"]
}

# An empty string counts as absent where a number or a boolean is expected.
is_empty(form, value) if {
	form.type in ["integer", "boolean"]
	value == ""
}

given_parts[k] := listed if {
	some k, _ in models
	listed := {node.path: value |
		some node in nodes[k]
		value := read(forms[node.form], node.value)
	}
}

# The properties of a model, by path, with their defaults.
parts[k] := object.union(defaulted(k), given_parts[k]) if some k, _ in models

unknown[k] := listed if {
	some k, _ in models
	listed := {node.path | some node in nodes[k]; is_unknown(node.value)}
}

maybe[k] := listed if {
	some k, _ in models
	listed := {node.path | some node in nodes[k]; node.value.__maybe}
}

# Whether the property may be given.
has(k, path) if parts[k][path] != null

has(k, path) if path in unknown[k]

# Whether the property is certainly given.
is_given(k, path) if {
	has(k, path)
	not path in maybe[k]
}

defaulted(k) := {} if has_backup(k)

defaulted(k) := object.union(main, version) if {
	not has_backup(k)
	by_type := defaults[models[k].type]
	main := {name: by_type[name] |
		some name in ["DeploymentType", "StorageType"]
		not name in unknown[k]
	}
	chosen := object.union(main, given_parts[k])
	version := {"FileSystemTypeVersion": value |
		not "FileSystemTypeVersion" in unknown[k]
		deployment := object.get(chosen, "DeploymentType", null)
		versions_of := by_type.FileSystemTypeVersion
		value := object.get(versions_of, deployment, object.get(versions_of, "otherwise", null))
		value != null
	}
}

has_backup(k) if is_read(k, "BackupId")

is_read(k, path) if given_parts[k][path] != null

has_backup(k) if "BackupId" in unknown[k]

# A property that cannot be parsed is not also reported as missing.
unread[k] := listed if {
	some k, _ in models
	listed := {head(problem.property) | some problem in misread; problem.key == k}
}

refusal(k, rule, property, message) := {
	"key": k,
	"rule": rule,
	"property": property,
	"message": message,
	"severity": "ERROR",
}

# The property is refused for any value.
misplaced(problem) := object.union(problem, {"misplaced": true})

misread contains refusal(k, "type", node.path, message) if {
	some k, listed in nodes
	some node in listed
	form := forms[node.form]
	not is_unknown(node.value)
	not is_empty(form, node.value)
	not is_read(k, node.path)
	message := sprintf("%s %s is not valid: expected %s.", [node.path, value_words(node.value), form.expected])
}

# The engine itself checks the names of AWS's types by their schemas.
misread contains refusal(k, "unknown-property", name, message) if {
	some k, model in models
	model.type == "Pangea::FSx::LustreFileSystem"
	some name, value in model.properties
	not properties[name]
	not name in attributes
	message := unknown_name(name, name, object.keys(properties))
}

misread contains refusal(k, "unknown-property", path, message) if {
	some k, listed in nodes
	models[k].type == "Pangea::FSx::LustreFileSystem"
	some node in listed
	forms[node.form].type == "object"
	is_object(node.value)
	not is_unknown(node.value)
	some name, value in node.value
	value != null
	not forms[concat(".", [node.form, name])]
	path := concat(".", [node.path, name])
	within := concat("", [node.form, "."])
	members := [trim_prefix(form, within) | some form, _ in forms; startswith(form, within)]
	message := unknown_name(path, name, members)
}

misread contains refusal(k, "read-only", name, message) if {
	some k, model in models
	model.type == "Pangea::FSx::LustreFileSystem"
	some name, _ in model.properties
	name in attributes
	message := sprintf("%s is read-only: the resource type returns it. Remove it, and use Fn::GetAtt to read it.", [name])
}

unknown_name(path, name, known) := sprintf("%s is not a property of this type: %s", [value_words(path), advice]) if {
	called := [each | some each in known; lower(each) == lower(replace(name, "_", ""))]
	advice := array.concat([sprintf("use %s.", [each]) | some each in called], ["omit it."])[0]
}

found contains refusal(k, "length", node.path, message) if {
	some k, listed in nodes
	some node in listed
	is_array(node.value)
	items := [item | some item in node.value; item != null]
	count(items) > forms[node.form].maximum
	message := sprintf("%s has %v entries: use at most %v.", [node.path, count(items), forms[node.form].maximum])
}

found contains refusal(k, "required", path, message) if {
	some k, listed in nodes
	some node in listed
	is_object(node.value)
	not is_unknown(node.value)
	some name in forms[node.form].required
	path := concat(".", [node.path, name])
	not has(k, path)
	message := sprintf("%s is required: use %s.", [path, forms[concat(".", [node.form, name])].expected])
}

found contains refusal(k, "range", node.path, message) if {
	some k, listed in nodes
	some node in listed
	form := forms[node.form]
	value := given_parts[k][node.path]
	limit := beyond(form, value)
	message := sprintf("%s %v is not valid: use %s from %v to %v, nearest %v.", [node.path, value, form.expected, form.minimum, form.maximum, limit])
}

beyond(form, value) := form.minimum if value < form.minimum

beyond(form, value) := form.maximum if value > form.maximum

found contains object.union(refusal(k, "format", node.path, message), {"severity": severity}) if {
	some k, listed in nodes
	some node in listed
	form := forms[node.form]
	form.type == "text"
	value := given_parts[k][node.path]
	not has_form(form, value)
	message := sprintf("%s %s: use %s%s", [node.path, is_what(value), use_words(form, value), meant_words(form, value)])
	severity := form_severity(k, node.path, form, value)
}

is_what(value) := "is empty" if {
	value == ""
} else := sprintf("%s is not valid", [value_words(value)])

use_words(form, value) := sprintf("at most %v characters", [form.length[1]]) if {
	length_of(value) > form.length[1]
	has_pattern(form, value)
} else := form.expected

meant_words(form, value) := sprintf("; did you mean %s?", [meant]) if {
	some meant in object.get(form, "values", [])
	lower(replace(meant, "_", "")) == lower(replace(replace(value, "_", ""), "-", ""))
} else := "."

has_form(form, value) if {
	has_length(form, value)
	has_pattern(form, value)
	has_word(form, value)
}

has_length(form, _) if not form.length

has_length(form, value) if {
	length_of(value) >= form.length[0]
	length_of(value) <= form.length[1]
}

# The engine counts UTF-16 code units, others Unicode characters.
length_of(text) := count(split(text, ""))

has_pattern(form, _) if not form.pattern

has_pattern(form, value) if {
	regex.match(form.pattern, value)
	not is_ruled_out(form, value)
}

is_ruled_out(form, value) if regex.match(form.ruledOut, value)

has_word(form, _) if not form.values

has_word(form, value) if value in form.values

# If FSx may ignore a property, no refusal because of its form is recorded.
form_severity(k, path, form, value) := "WARN" if {
	properties[path]
	every offering in offered[k] { properties[path].fits[offering.name] == "doubtful" }
	has_length(form, value)
} else := "ERROR"

# The offerings that a model may stand for: one, if deployment and storage type are known and offered together.
offered[k] := chosen if {
	some k, _ in models
	chosen := offerings_for(k)
}

offerings_for(k) := both if {
	both := [offering | some offering in offerings; has_deployment(k, offering); has_storage(k, offering)]
	count(both) > 0
} else := either if {
	either := [offering | some offering in offerings; shares(k, offering)]
	count(either) > 0
} else := offerings

has_deployment(k, offering) if parts[k].DeploymentType == offering.deployment

has_deployment(k, _) if "DeploymentType" in unknown[k]

has_deployment(k, offering) if {
	not has(k, "DeploymentType")
	offering.deployment in restorable
}

has_storage(k, offering) if parts[k].StorageType == offering.storage

has_storage(k, _) if "StorageType" in unknown[k]

has_storage(k, _) if not has(k, "StorageType")

shares(k, offering) if parts[k].DeploymentType == offering.deployment

shares(k, offering) if parts[k].StorageType == offering.storage

name_of(k) := offered[k][0].name if {
	count(offered[k]) == 1
} else := concat(" ", words) if {
	words := [parts[k][half] | some half in ["DeploymentType", "StorageType"]; parts[k][half] != ""]
	count(words) > 0
} else := "a restored file system" if {
	has_backup(k)
} else := "this file system"

fit(property, offering) := properties[property].fits[offering.name]

is_misplaced(property, offering) if fit(property, offering) in ["refused", "doubtful"]

refused_everywhere(k, property) if {
	every offering in offered[k] { fit(property, offering) == "refused" }
}

found contains refusal(k, "storage-deployment", "StorageType", message) if {
	some k, _ in models
	deployment := parts[k].DeploymentType
	storage := parts[k].StorageType
	deployment in forms.DeploymentType.values
	storage in forms.StorageType.values
	not is_offered(deployment, storage)
	deployments := [offering.deployment | some offering in offerings; offering.storage == storage]
	storages := [offering.storage | some offering in offerings; offering.deployment == deployment]
	note := {true: " (the default)", false: ""}[deployment == "SCRATCH_2"]
	message := sprintf("StorageType %s cannot be used with DeploymentType %s%s: use DeploymentType %s, or StorageType %s.", [storage, deployment, note, or_words(deployments), or_words(storages)])
}

is_offered(deployment, storage) if {
	some offering in offerings
	offering.deployment == deployment
	offering.storage == storage
}

found contains refusal(k, "required", property, message) if {
	some k, _ in models
	not has_backup(k)
	some property, _ in properties
	every offering in offered[k] { fit(property, offering) == "required" }
	not has(k, property)
	message := sprintf("%s is required for %s: use %s.", [property, name_of(k), required_words(k, property)])
}

required_words(k, "StorageCapacity") := capacity_words(k, null)

required_words(k, property) := properties[property].expected if {
	property != "StorageCapacity"
	count(offered[k]) > 1
}

required_words(k, property) := offered[k][0].use[property] if {
	property != "StorageCapacity"
	count(offered[k]) == 1
}

found contains object.union(misplaced(refusal(k, "not-applicable", property, message)), {"severity": severity}) if {
	some k, _ in models
	some property, row in properties
	asks_for_something(k, property, row)
	every offering in offered[k] { is_misplaced(property, offering) }
	severity := misplaced_severity(k, property)
	message := sprintf("%s %s with %s: %s.%s %s%s.", [
		with_value(k, property), {"ERROR": "cannot be used", "WARN": "might not be supported"}[severity], name_of(k), row.why,
		{"ERROR": "", "WARN": " AWS does not document whether FSx refuses it."}[severity], leave_out(row), elsewhere_words(k, property),
	])
}

# A value that is not known may be the one that turns the feature off.
asks_for_something(k, property, row) if {
	parts[k][property] != null
	not is_inert(row, parts[k][property])
}

asks_for_something(k, property, row) if {
	property in unknown[k]
	is_given(k, property)
	not has_inert(row)
}

is_inert(row, value) if row.inert == value

has_inert(row) if row.inert != null

misplaced_severity(k, property) := "ERROR" if {
	refused_everywhere(k, property)
} else := "WARN"

leave_out(row) := sprintf("Omit it or set it to %s", [value_words(row.inert)]) if {
	has_inert(row)
} else := "Omit it"

elsewhere_words(k, property) := sprintf(", or use %s", [or_words(words)]) if {
	all := [offering | some offering in offerings; not is_misplaced(property, offering); takes(offering, property, k)]
	same := [offering | some offering in all; offering.storage == parts[k].StorageType]
	words := [offering_words(offering, property) | some offering in {true: same, false: all}[count(same) > 0]]
	count(words) > 0
} else := ""

takes(_, property, _) if property != "PerUnitStorageThroughput"

takes(offering, "PerUnitStorageThroughput", k) if parts[k].PerUnitStorageThroughput in tiers_of(offering)

takes(_, "PerUnitStorageThroughput", k) if {
	every offering in offerings { not parts[k].PerUnitStorageThroughput in tiers_of(offering) }
}

offering_words(offering, property) := offering.name if property != "PerUnitStorageThroughput"

offering_words(offering, "PerUnitStorageThroughput") := sprintf("%s (%s)", [offering.name, or_words(tiers_of(offering))])

tiers_of(offering) := [tier.throughput | some tier in offering.tiers; tier.throughput]

found contains refusal(k, "throughput-tier", "PerUnitStorageThroughput", message) if {
	some k, _ in models
	given := parts[k].PerUnitStorageThroughput
	all := [tier | some offering in offered[k]; some tier in tiers_of(offering)]
	count(all) > 0
	not given in all
	lower_tiers := [tier | some tier in all; tier < given]
	higher_tiers := [tier | some tier in all; tier > given]
	near := array.concat([max(lower_tiers) | count(lower_tiers) > 0], [min(higher_tiers) | count(higher_tiers) > 0])
	message := sprintf("PerUnitStorageThroughput %v is not valid for %s: use %s (MB/s per TiB)%s%s.", [given, name_of(k), or_words(all), nearest_words(near), other_deployment(k)])
}

# Where the tier is offered, else the same storage type on the other persistent deployment type, and what that means for an S3
# link.
other_deployment(k) := sprintf("; or %s, which offers %s%s", [concat(" with ", changes), or_words(tiers_of(other)), link]) if {
	deployment := parts[k].DeploymentType
	storage := parts[k].StorageType
	others := [offering |
		some offering in offerings
		[offering.deployment, offering.storage] != [deployment, storage]
		count(tiers_of(offering)) > 0
	]
	offers := [offering | some offering in others; parts[k].PerUnitStorageThroughput in tiers_of(offering)]
	alike := [offering | some offering in others; offering.storage == storage]
	listed := array.concat(offers, alike)
	count(listed) > 0
	other := listed[0]
	changes := array.concat(
		[sprintf("DeploymentType %s", [other.deployment]) | other.deployment != deployment],
		[sprintf("StorageType %s", [other.storage]) | other.storage != storage],
	)
	link := link_words(k, other)
} else := ""

link_words(k, offering) := ", where S3 is linked by a data repository association instead of ImportPath" if {
	has(k, "ImportPath")
	fit("ImportPath", offering) == "refused"
} else := ""

# The tiers that a model may stand for: those with the given tier, or all if none is given or the given one is not offered.
rows[k] := chosen if {
	some k, _ in models
	chosen := rows_for(k)
}

rows_for(k) := chosen if {
	chosen := [row | some row in all_rows(k); row.tier.throughput == parts[k].PerUnitStorageThroughput]
	count(chosen) > 0
} else := all_rows(k)

all_rows(k) := [{"offering": offering, "tier": tier} | some offering in offered[k]; some tier in offering.tiers]

has_efa(k) if parts[k].EfaEnabled == true

# With EfaEnabled, the capacities of whole EFA servers; both if it is not known.
capacity_of(k, row) := numbers if {
	has_efa(k)
	numbers := row.tier.efaCapacity
} else := row.tier.capacity

capacities(k) := array.concat(
	[capacity_of(k, row) | some row in rows[k]],
	[row.tier.efaCapacity | "EfaEnabled" in unknown[k]; some row in rows[k]],
)

found contains refusal(k, "storage-capacity", "StorageCapacity", message) if {
	some k, _ in models
	given := parts[k].StorageCapacity
	count(rows[k]) > 0
	every numbers in capacities(k) { not allows(numbers, given) }
	message := sprintf("StorageCapacity %v is not valid for %s: use %s.%s", [given, capacity_place(k), capacity_words(k, given), valid_elsewhere(k, given)])
}

rules_of(k) := distinct([capacity_of(k, row) | some row in rows[k]])

# The last tier with a rule.
row_of(k, numbers) := last if {
	listed := [row | some row in rows[k]; capacity_of(k, row) == numbers]
	last := listed[count(listed) - 1]
}

capacity_place(k) := name_of(k) if {
	count(rules_of(k)) > 1
} else := row_words(k, row_of(k, rules_of(k)[0]))

row_words(k, row) := concat("", [row.offering.name, condition_words(k, row)])

condition_words(k, row) := concat("", [efa, tier]) if {
	with_efa := count([1 | has_efa(k); row.tier.efaCapacity]) > 0
	efa := {true: " with EFA", false: ""}[with_efa]
	others := [1 | some other in row.offering.tiers; other.capacity != row.tier.capacity]
	tier := tier_words(row, with_efa, count(others) > 0)
}

tier_words(row, true, _) := sprintf(" at %v MB/s/TiB", [row.tier.throughput])

tier_words(row, false, true) := sprintf(" at %v MB/s/TiB", [row.tier.throughput])

tier_words(_, false, false) := ""

# The rules that may apply to StorageCapacity, each with the numbers nearest to the given capacity, or with its unit if none is given.
capacity_words(k, given) := concat(", or ", [words |
	some numbers in rules_of(k)
	words := concat("", [numbers.words, remark(numbers, given), holds_where(k, numbers)])
])

remark(_, null) := " GiB"

remark(numbers, given) := nearest_words(nearest(numbers, given)) if given != null

holds_where(k, numbers) := "" if {
	count(rules_of(k)) == 1
} else := sprintf(" (%s)", [trim_space(condition_words(k, row_of(k, numbers)))]) if {
	count({row.offering.name | some row in rows[k]}) == 1
} else := sprintf(" (%s)", [row_words(k, row_of(k, numbers))])

# Another tier, the other scratch deployment type, or no EFA, with which the capacity is valid.
valid_elsewhere(k, given) := sprintf(" It is valid %s.", [or_words(words)]) if {
	names := {row.offering.name | some row in rows[k]}
	valid := [{"offering": offering, "tier": tier} |
		some offering in offerings
		some tier in offering.tiers
		allows(capacity_of(k, {"tier": tier}), given)
	]
	tiers := [row.tier.throughput | some row in valid; row.offering.name in names; row.tier.throughput]
	scratch := [row.offering.name |
		some row in valid
		not row.tier.throughput
		some offering in offerings
		offering.name in names
		is_scratch(offering)
	]
	without_efa := [1 | has_efa(k); some row in rows[k]; allows(row.tier.capacity, given)]
	words := array.concat(
		array.concat(
			[sprintf("at %s MB/s/TiB", [or_words(tiers)]) | count(tiers) > 0],
			[sprintf("for %s", [name]) | some name in distinct(scratch)],
		),
		["without EfaEnabled" | count(without_efa) > 0],
	)
	count(words) > 0
} else := ""

is_scratch(offering) if {
	some tier in offering.tiers
	not tier.throughput
}

is_elastic(k) if {
	some offering in offered[k]
	offering.storage == "INTELLIGENT_TIERING"
}

found contains refusal(k, "throughput-capacity", "ThroughputCapacity", message) if {
	some k, _ in models
	is_elastic(k)
	given := parts[k].ThroughputCapacity
	not allows(throughput_capacity, given)
	message := sprintf("ThroughputCapacity %v is not valid: use %s (MB/s)%s.", [given, throughput_capacity.words, nearest_words(nearest(throughput_capacity, given))])
}

cache_size := "DataReadCacheConfiguration.SizeGiB"

found contains refusal(k, "read-cache-mode", cache_size, message) if {
	some k, _ in models
	is_elastic(k)
	mode := parts[k]["DataReadCacheConfiguration.SizingMode"]
	mode != "USER_PROVISIONED"
	is_given(k, cache_size)
	message := sprintf("%s cannot be used with SizingMode %s: omit it, or use SizingMode USER_PROVISIONED.", [with_value(k, cache_size), mode])
}

# An invalid ThroughputCapacity does not determine the size of the cache, so the range is that of any valid one.
cache_limits(k) := {"known": true, "least": read_cache.smallest * servers, "most": read_cache.largest * servers} if {
	allows(throughput_capacity, parts[k].ThroughputCapacity)
	servers := floor(parts[k].ThroughputCapacity / read_cache.server)
} else := {
	"known": false,
	"least": read_cache.smallest * floor(throughput_capacity.multipleOf / read_cache.server),
	"most": read_cache.largest * floor(throughput_capacity.maximum / read_cache.server),
}

cache_range := sprintf("%v to %v GiB for every %v MB/s of ThroughputCapacity", [read_cache.smallest, read_cache.largest, read_cache.server])

found contains refusal(k, "required", cache_size, message) if {
	some k, _ in models
	is_elastic(k)
	parts[k]["DataReadCacheConfiguration.SizingMode"] == "USER_PROVISIONED"
	not has(k, cache_size)
	message := sprintf("%s is required with SizingMode USER_PROVISIONED: use %s.", [cache_size, cache_range])
}

found contains refusal(k, "read-cache-size", cache_size, message) if {
	some k, _ in models
	is_elastic(k)
	parts[k]["DataReadCacheConfiguration.SizingMode"] == "USER_PROVISIONED"
	given := parts[k][cache_size]
	limits := cache_limits(k)
	near := nearest_limit(limits, given)
	message := sprintf("%s %v is not valid: use %s%s, nearest %v.", [cache_size, given, cache_range, known_range(k, limits), near])
}

nearest_limit(limits, given) := limits.least if given < limits.least

nearest_limit(limits, given) := limits.most if given > limits.most

known_range(k, limits) := sprintf(", which is %v to %v at %v", [limits.least, limits.most, parts[k].ThroughputCapacity]) if {
	limits.known
} else := ""

found contains refusal(k, "one-subnet", "SubnetIds", message) if {
	some k, _ in models
	subnets := [subnet | some subnet in parts[k].SubnetIds; subnet != null]
	count(subnets) > 1
	known := [subnet | some subnet in subnets; not is_unknown(subnet)]
	message := sprintf("SubnetIds%s has %v entries: FSx for Lustre takes exactly one subnet. Keep one of them; clients in other subnets can still reach the file system.", [
		concat("", [sprintf(" %s", [value_words(subnets)]) | count(known) == count(subnets)]),
		count(subnets),
	])
}

found contains refusal(k, "required", "SubnetIds", "SubnetIds is required: FSx for Lustre takes exactly one subnet. Use a list with one subnet ID, such as subnet-0123456789abcdef0.") if {
	some k, _ in models
	not "SubnetIds" in unknown[k]
	count([subnet | some subnet in object.get(parts[k], "SubnetIds", []); subnet != null]) == 0
}

# --- S3

found contains refusal(k, "s3-link", property, message) if {
	some k, _ in models
	not has(k, "ImportPath")
	some property in s3_companions
	is_given(k, property)
	not parts[k][property] == ""
	not refused_everywhere(k, property)
	message := sprintf("%s requires ImportPath: specify one, such as s3://bucket/prefix, or omit %s.", [with_value(k, property), property])
}

bucket_of(path) := split(path, "/")[2] if regex.match("^s3://[^/]", path)

found contains refusal(k, "s3-bucket-name", property, message) if {
	some k, _ in models
	some property in ["ImportPath", "ExportPath"]
	path := parts[k][property]
	has_form(forms[property], path)
	bucket := bucket_of(path)
	not has_form(bucket_name, bucket)
	message := sprintf("%s %s is not valid: %s cannot be the name of an S3 bucket. Use the name of a bucket: %s.", [property, value_words(path), value_words(bucket), bucket_name.expected])
}

found contains refusal(k, "s3-bucket", "ExportPath", message) if {
	some k, _ in models
	path := parts[k].ExportPath
	from := bucket_of(parts[k].ImportPath)
	to := bucket_of(path)
	from != to
	moved := concat("", ["s3://", from, trim_prefix(path, concat("", ["s3://", to]))])
	message := sprintf("ExportPath %s is not in the bucket of ImportPath, %s: FSx exports to the bucket it imports from. Use %s, or omit it.", [value_words(path), value_words(from), value_words(moved)])
}

found contains misplaced(refusal(k, "s3-restore", "ImportPath", message)) if {
	some k, _ in models
	is_given(k, "ImportPath")
	is_given(k, "BackupId")
	message := sprintf("%s cannot be used with BackupId: a restored file system cannot be linked to S3 by ImportPath. Omit ImportPath, or BackupId.", [with_value(k, "ImportPath")])
}

# --- Backups

found contains refusal(k, "s3-backups", "AutomaticBackupRetentionDays", message) if {
	some k, _ in models
	is_given(k, "ImportPath")
	days := parts[k].AutomaticBackupRetentionDays
	days > 0
	message := sprintf("AutomaticBackupRetentionDays %v cannot be used with ImportPath: FSx does not back up S3-linked file systems. Set it to 0, or omit ImportPath.", [days])
}

found contains refusal(k, "s3-backups", "SkipFinalBackup", "SkipFinalBackup false cannot be used with ImportPath: FSx does not back up S3-linked file systems. Omit it, or omit ImportPath.") if {
	some k, _ in models
	is_given(k, "ImportPath")
	parts[k].SkipFinalBackup == false
}

found contains refusal(k, "backup-window", "DailyAutomaticBackupStartTime", message) if {
	some k, _ in models
	is_given(k, "DailyAutomaticBackupStartTime")
	not parts[k].DailyAutomaticBackupStartTime == ""
	not refused_everywhere(k, "BackupId")
	not has_backups(k)
	message := sprintf("%s requires automatic backups%somit the start time.", [with_value(k, "DailyAutomaticBackupStartTime"), window_words(k)])
}

# A backup brings its retention, and INTELLIGENT_TIERING has a default of its own.
has_backups(k) if "AutomaticBackupRetentionDays" in unknown[k]

has_backups(k) if parts[k].AutomaticBackupRetentionDays > 0

has_backups(k) if {
	not has(k, "AutomaticBackupRetentionDays")
	has_backup(k)
}

has_backups(k) if {
	not has(k, "AutomaticBackupRetentionDays")
	is_elastic(k)
}

window_words(k) := ", and AutomaticBackupRetentionDays cannot be used with ImportPath: " if {
	is_given(k, "ImportPath")
} else := sprintf(": set AutomaticBackupRetentionDays to 1 to %v, or ", [longest_retention])

found contains refusal(k, "final-backup-tags", "FinalBackupTags", "FinalBackupTags requires a final backup: set SkipFinalBackup to false, or omit FinalBackupTags.") if {
	some k, _ in models
	is_given(k, "FinalBackupTags")
	not "SkipFinalBackup" in unknown[k]
	not parts[k].SkipFinalBackup == false
	not refused_everywhere(k, "FinalBackupTags")
}

# --- Lustre version, metadata, EFA

# The parts of a version as numbers, so that 2.9 is older than 2.10.
version_parts(version) := [to_number(part) | some part in split(version, ".")]

is_older(version, than) if version_parts(version) < version_parts(than)

is_deployed(k, version) if {
	some offering in offered[k]
	not is_older(version, offering.oldestVersion)
}

is_featured(k, _) if not has(k, "MetadataConfiguration")

# Where no metadata configuration is possible, another version does not make it so.
is_featured(k, _) if count(able[k]) == 0

is_featured(_, version) if not is_older(version, metadata_version)

found contains refusal(k, "lustre-version", "FileSystemTypeVersion", message) if {
	some k, _ in models
	given := parts[k].FileSystemTypeVersion
	regex.match("^[0-9](\\.[0-9]+)*$", given)
	not is_version(k, given)
	valid := [version | some version in versions; is_deployed(k, version); is_featured(k, version)]
	message := sprintf("FileSystemTypeVersion %s is not valid%s.", [value_words(given), version_words(k, given, or_words(valid))])
}

is_version(k, version) if {
	version in versions
	is_deployed(k, version)
	is_featured(k, version)
}

version_words(k, given, valid) := sprintf(": use %s%s", [valid, quotes]) if {
	not given in versions
	quotes := {true: "; YAML reads an unquoted 2.10 as the number 2.1", false: ""}[given == "2.1"]
} else := sprintf(" with MetadataConfiguration: use %s, or omit MetadataConfiguration", [valid]) if {
	is_deployed(k, given)
} else := sprintf(" for %s: use %s", [name_of(k), valid])

able[k] := listed if {
	some k, _ in models
	listed := [offering | some offering in offered[k]; fit("MetadataConfiguration", offering) != "refused"]
}

metadata_storage(k) := "INTELLIGENT_TIERING" if {
	every offering in able[k] { offering.storage == "INTELLIGENT_TIERING" }
} else := "SSD"

# If it is not known which of the two it is, a value that either allows is left to FSx.
metadata_choices(k) := {"SSD", "INTELLIGENT_TIERING"} if {
	some name in ["DeploymentType", "StorageType"]
	name in unknown[k]
} else := {metadata_storage(k)}

found contains refusal(k, "metadata-mode", "MetadataConfiguration.Mode", message) if {
	some k, _ in models
	count(able[k]) > 0
	parts[k]["MetadataConfiguration.Mode"] == "AUTOMATIC"
	metadata_storage(k) == "INTELLIGENT_TIERING"
	ssd := {true: ", or StorageType SSD", false: ""}[is_offered_as(parts[k], "SSD")]
	message := sprintf("MetadataConfiguration.Mode AUTOMATIC cannot be used with %s: use USER_PROVISIONED with Iops %s%s.", [name_of(k), metadata_iops.INTELLIGENT_TIERING.words, ssd])
}

is_offered_as(model, storage) if {
	is_offered(model.DeploymentType, storage)
} else := false

found contains refusal(k, "metadata-mode", "MetadataConfiguration.Iops", message) if {
	some k, _ in models
	count(able[k]) > 0
	parts[k]["MetadataConfiguration.Mode"] == "AUTOMATIC"
	is_given(k, "MetadataConfiguration.Iops")
	message := sprintf("%s cannot be used with Mode AUTOMATIC, where FSx sets it: omit it, or use Mode USER_PROVISIONED.", [with_value(k, "MetadataConfiguration.Iops")])
}

found contains refusal(k, "required", "MetadataConfiguration.Iops", message) if {
	some k, _ in models
	count(able[k]) > 0
	parts[k]["MetadataConfiguration.Mode"] == "USER_PROVISIONED"
	not has(k, "MetadataConfiguration.Iops")
	storage := metadata_storage(k)
	message := sprintf("MetadataConfiguration.Iops is required with Mode USER_PROVISIONED: use %s on %s.", [metadata_iops[storage].words, storage])
}

found contains refusal(k, "metadata-iops", "MetadataConfiguration.Iops", message) if {
	some k, _ in models
	count(able[k]) > 0
	parts[k]["MetadataConfiguration.Mode"] == "USER_PROVISIONED"
	given := parts[k]["MetadataConfiguration.Iops"]
	every choice in metadata_choices(k) { not allows(metadata_iops[choice], given) }
	storage := metadata_storage(k)
	message := sprintf("MetadataConfiguration.Iops %v is not valid for %s: use %s%s.", [given, storage, metadata_iops[storage].words, nearest_words(nearest(metadata_iops[storage], given))])
}

found contains refusal(k, "efa-metadata", "EfaEnabled", "EfaEnabled true requires MetadataConfiguration: specify it with Mode AUTOMATIC, or set EfaEnabled to false.") if {
	some k, _ in models
	has_efa(k)
	not has(k, "MetadataConfiguration")
	not has_backup(k)
	some offering in offered[k]
	fit("MetadataConfiguration", offering) == "optional"
}

# --- Logs and root squash

found contains misplaced(refusal(k, "log-destination", "LogConfiguration.Destination", "LogConfiguration.Destination cannot be used with Level DISABLED: omit it, or use Level WARN_ONLY, ERROR_ONLY or WARN_ERROR.")) if {
	some k, _ in models
	parts[k]["LogConfiguration.Level"] == "DISABLED"
	is_given(k, "LogConfiguration.Destination")
}

found contains object.union(refusal(k, "log-group", "LogConfiguration.Destination", message), {"severity": "WARN"}) if {
	some k, _ in models
	level := parts[k]["LogConfiguration.Level"]
	level != "DISABLED"
	destination := parts[k]["LogConfiguration.Destination"]
	has_form(forms["LogConfiguration.Destination"], destination)
	not contains(destination, ":log-group:/aws/fsx/")
	message := sprintf("%s might not be accepted: AWS's user guide requires a log group whose name begins with /aws/fsx/, and the service-linked role of FSx cannot write to others. Use such a log group, or omit it to use /aws/fsx/lustre.", [with_value(k, "LogConfiguration.Destination")])
}

found contains refusal(k, "root-squash", "RootSquashConfiguration.RootSquash", message) if {
	some k, _ in models
	given := parts[k]["RootSquashConfiguration.RootSquash"]
	regex.match("^[0-9]{1,10}:[0-9]{1,10}$", given)
	ids := [whole(id) | some id in split(given, ":")]
	not are_ids(ids)
	message := sprintf("RootSquashConfiguration.RootSquash %s is not valid: use UID:GID, both from 1 to %v, such as 65534:65534, or 0:0 to turn root squash off.", [given, last_id])
}

are_ids(ids) if ids == [0, 0]

are_ids(ids) if {
	every id in ids {
		id > 0
		id <= last_id
	}
}

# --- Tags

tag_keys(k, property) := [{"index": i, "key": key} |
	some i, _ in parts[k][property]
	key := parts[k][sprintf("%s[%v].Key", [property, i])]
]

found contains refusal(k, "tag-unique", path, message) if {
	some k, _ in models
	some property in ["Tags", "FinalBackupTags"]
	keys := tag_keys(k, property)
	some tag in keys
	not startswith(lower(tag.key), "aws:")
	count([other | some other in keys; other.index < tag.index; other.key == tag.key]) == 1
	path := sprintf("%s[%v].Key", [property, tag.index])
	message := sprintf("%s has the key %s more than once: keep one of them.", [property, value_words(tag.key)])
}

found contains refusal(k, "tag-reserved", path, message) if {
	some k, _ in models
	some property in ["Tags", "FinalBackupTags"]
	some tag in tag_keys(k, property)
	startswith(lower(tag.key), "aws:")
	path := sprintf("%s[%v].Key", [property, tag.index])
	message := sprintf("%s key %s is reserved: only AWS sets keys that begin with aws:, in any letter case. Remove the tag, or rename its key.", [property, value_words(tag.key)])
}

problems contains problem if some problem in misread

problems contains problem if {
	some all in stated
	some problem in all
	not is_moot(problem, all)
}

# The violations of each model, except those of properties that cannot be parsed.
stated[problem.key] contains problem if {
	some problem in found
	not head(problem.property) in unread[problem.key]
}

# For a property that is refused for any value, violations of its value are not reported, unless they are more severe.
is_moot(problem, all) if {
	not problem.misplaced
	some other in all
	other.misplaced
	is_within(problem.property, other.property)
	is_as_severe(other, problem)
}

is_moot(problem, all) if {
	problem.misplaced
	problem.severity != "ERROR"
	some other in all
	other.severity == "ERROR"
	is_within(other.property, problem.property)
}

is_as_severe(one, _) if one.severity == "ERROR"

is_as_severe(_, other) if other.severity != "ERROR"

# All violations, by their rule and path in a resource.
affected[id] contains problem if {
	some problem in problems
	id := json.marshal([models[problem.key].name, problem.rule, problem.property])
}

models_of[model.name] contains k if some k, model in models

conditions_of[model.name] contains model.conditions if some model in models

# The usual models under some conditions; all models under them if none is usual.
expected(name, conditions) := {true: usual, false: all}[count(usual) > 0] if {
	all := {k | some k in models_of[name]; models[k].conditions == conditions}
	usual := {k | some k in all; models[k].usual}
}

# The violations of every usual model under some conditions, with these models.
certain[id] := keys if {
	some id, listed in affected
	what := json.unmarshal(id)
	held := {problem.key | some problem in listed}
	keys := {k |
		some conditions in conditions_of[what[0]]
		count(expected(what[0], conditions) - held) == 0
		some k in expected(what[0], conditions)
	}
	count(keys) > 0
}

violation contains diagnostic(what, severity, text, scenario) if {
	some id, keys in certain
	what := json.unmarshal(id)
	told := {problem | some problem in affected[id]; problem.key in keys}
	some message in {problem.message | some problem in told}
	severity := severest({problem.severity | some problem in told; problem.message == message})
	when := {models[problem.key].conditions | some problem in told; problem.message == message}
	scenario := shared_conditions(what[0], when)
	text := concat("", [message, when_words(scenario)])
}

severest(severities) := "ERROR" if {
	"ERROR" in severities
} else := "WARN"

# What some conditions have in common and the other conditions of a resource do not have.
shared_conditions(name, all) := {} if {
	count(all) == count(conditions_of[name])
} else := shared if {
	first := [one | some one in all][0]
	shared := {condition: value |
		some condition, value in first
		every other in all { other[condition] == value }
	}
}

when_words(conditions) := "" if {
	count(conditions) == 0
} else := text if {
	words := [sprintf("%s is %v", [name, value]) | some name, value in conditions]
	text := sprintf(" This is so where %s.", [concat(" and ", sort(words))])
}

# An allowed value of a parameter that FSx refuses whatever else is chosen.
violation contains diagnostic(what, "WARN", text, {}) if {
	some id, told in affected
	not certain[id]
	what := json.unmarshal(id)
	some text in never_chosen(what[0], what[2], told)
}

never_chosen(name, property, told) := texts if {
	has_all_scenarios(name)
	path := written_at(type_of(name), property)
	held := {problem.key | some problem in told; problem.severity == "ERROR"}
	texts := {text |
		some choice in choices[name]
		path == choice.path
		some value in choice.values
		chosen := {k | some k in models_of[name]; coerce_to_string(parts[k][property]) == value}
		count(chosen) > 0
		count(chosen - held) == 0
		message := min({problem.message | some problem in told; problem.key in chosen})
		text := sprintf("%s is never valid for %s: %s", [value, choice.parameter, message])
	}
}

type_of(name) := input.resources[name].resourceType

written_at(type, property) := path if {
	name := head(property)
	main := object.get(places[type], name, name)
	path := concat("", [main, replaced(trim_prefix(property, name), "[", "\\[([0-9]+)\\]", ".$1")])
}

diagnostic(what, severity, message, conditions) := object.union(base, scenario) if {
	base := {
		"rule_id": concat(".", ["pangea-lustre", what[1]]),
		"severity": severity,
		"category": "Amazon FSx for Lustre",
		"message": message,
		"documentation_url": concat("", [manual, what[1]]),
		"resource_id": what[0],
		"resource_path": concat(".", ["Properties", written_at(type_of(what[0]), what[2])]),
	}
	scenario := {"condition_scenario": conditions | count(conditions) > 0}
}
