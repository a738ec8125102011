/** Rules about the storage types of each deployment type, the properties that the two support, and the allowed numbers. */
export const OFFERINGS = String.raw`
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
`;
