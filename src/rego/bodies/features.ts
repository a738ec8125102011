/**
 * Rules about combinations of properties: ThroughputCapacity, read cache, metadata, EFA, S3, backups, logs, root squash,
 * tags.
 */
export const FEATURES = String.raw`
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
`;
