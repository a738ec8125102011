/** Rules about the form of each property: type, allowed values, pattern, length, range, members. */
export const FORMS = String.raw`
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
`;
