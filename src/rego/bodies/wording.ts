/** How messages write values and lists, as in `lustre/wording.ts`, and the numbers that AWS allows. */
export const WORDING = String.raw`
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
`;
