/**
 * Converts the template, as the engine resolves it, to models: one for each combination of conditions and of parameters with
 * AllowedValues. Paths are those of Pangea::FSx::LustreFileSystem.
 */
export const MODELS = String.raw`
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
`;
