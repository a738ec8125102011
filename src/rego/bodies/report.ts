/**
 * Converts the violations of the models to the engine's diagnostics: an error if every usual model of some conditions has it.
 */
export const REPORT = String.raw`
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
`;
