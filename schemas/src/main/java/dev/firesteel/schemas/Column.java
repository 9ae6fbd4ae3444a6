package dev.firesteel.schemas;

/**
 * One column of a table, as its {@code .sql} file declares it.
 *
 * @param name snake_case name; the record component is the same in camelCase
 * @param type SQL type in upper case, such as {@code BIGINT} or {@code MAP<STRING, BIGINT>}
 * @param nullable false when declared {@code NOT NULL}
 * @param comment unit, meaning and source; never empty
 */
public record Column(String name, String type, boolean nullable, String comment) {

    /** The name of the record component that carries this column. */
    public String component() {
        StringBuilder camel = new StringBuilder();
        boolean upper = false;
        for (char c : name.toCharArray()) {
            if (c == '_') {
                upper = true;
            } else {
                camel.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return camel.toString();
    }
}
