/**
 * From the template, as the engine resolves it, to models: one for each way that the conditions and the parameters with
 * AllowedValues may turn out. Names of paths are those of Pangea::FSx::LustreFileSystem.
 */
export const MODELS = String.raw`
# Markers of what the engine does not know: __dynamic, __ref.
is_unknown(value) if {
	is_object(value)
	some key, _ in value
	startswith(key, "__")
}

possible(name) := [scenario |
	resource := input.resources[name]
	some scenario in properties_scenarios(name, [key | some key, _ in resource.properties])
	gate := {condition: true | condition := resource_condition(name); condition != null}
	every condition, value in gate { object.get(scenario.conditions, condition, value) == value }
	is_satisfiable(object.union(scenario.conditions, gate))
]

most_scenarios := 512

scenarios[name] := listed if {
	some name, resource in input.resources
	resource.resourceType in object.keys(places)
	is_object(resource.properties)
	listed := [flat |
		some scenario in possible(name)
		flat := {
			"name": name,
			"type": resource.resourceType,
			"conditions": scenario.conditions,
			"properties": flattened(resource.resourceType, scenario.properties),
			"usual": is_usual(name, scenario.properties),
		}
		is_lustre(resource.resourceType, scenario.properties)
	]
}

is_lustre("Pangea::FSx::LustreFileSystem", _) := true

is_lustre("AWS::FSx::FileSystem", given) if {
	given.FileSystemType == "LUSTRE"
	not is_unknown(object.get(given, "LustreConfiguration", null))
}

# Where there are very many, the usual ones stand for all.
models := [model |
	some name, listed in scenarios
	usual := [model | some model in listed; model.usual]
	some model in {true: listed, false: usual}[count(listed) <= most_scenarios]
]

flattened("Pangea::FSx::LustreFileSystem", given) := {key: value |
	some key, value in given
	value != null
}

flattened("AWS::FSx::FileSystem", given) := {name: value |
	some name, place in places["AWS::FSx::FileSystem"]
	value := object.get(given, split(place, "."), null)
	value != null
}

# The parameters with AllowedValues that a resource refers to, by the places where it does.
choices(name) := [choice |
	some reference in input.resources[name].outgoingRefs
	parameter := input.parameters[reference.target]
	count(parameter.allowedValues) > 0
	choice := {
		"parameter": reference.target,
		"path": array.slice(split(regex.replace(reference.sourcePath, "\\.Fn::If\\.[0-9]+", ""), "."), 1, 100),
		"values": [coerce_to_string(value) | some value in parameter.allowedValues],
		"default": object.get(parameter, "default", null),
	}
]

# Whether each parameter that has a default has it.
is_usual(name, given) if {
	every choice in choices(name) { not is_other(choice, given) }
} else := false

is_other(choice, given) if {
	choice["default"] != null
	value := coerce_to_string(object.get(given, choice.path, null))
	value in choice.values
	value != coerce_to_string(choice["default"])
}

nodes[k] := array.concat(array.concat(top, middle), bottom) if {
	some k, model in models
	top := [{"path": name, "form": name, "value": value} |
		some name, value in model.properties
		name in object.keys(properties)
	]
	middle := [child | some node in top; some child in children(node)]
	bottom := [child | some node in middle; some child in children(node)]
}

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
		form in object.keys(forms)
	]
}

# A value in the type of its form; none where it is of another, or is not known.
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

# Empty text is no value where a number or true or false is expected.
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

# What a model says, by path, and what it leaves to a default.
parts[k] := object.union(defaulted(k), given_parts[k]) if some k, _ in models

unknown[k] := listed if {
	some k, _ in models
	listed := {node.path | some node in nodes[k]; is_unknown(node.value)}
}

has(k, path) if path in object.keys(parts[k])

has(k, path) if path in unknown[k]

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

has_backup(k) if "BackupId" in object.keys(given_parts[k])

has_backup(k) if "BackupId" in unknown[k]

# What cannot be read is not also missing.
unread[k] := listed if {
	some k, _ in models
	listed := {head(problem.property) | some problem in misread; problem.key == k}
}
`;
