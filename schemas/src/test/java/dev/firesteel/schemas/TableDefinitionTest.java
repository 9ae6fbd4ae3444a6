package dev.firesteel.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TableDefinitionTest {
    private static final Map<String, Class<?>> BOXED = Map.of(
            "STRING", String.class,
            "BIGINT", Long.class,
            "INT", Integer.class,
            "DOUBLE", Double.class,
            "BOOLEAN", Boolean.class,
            "BINARY", byte[].class,
            "TIMESTAMP", java.time.Instant.class);
    private static final Map<Class<?>, Class<?>> PRIMITIVE = Map.of(
            Long.class, long.class, Integer.class, int.class, Double.class, double.class, Boolean.class, boolean.class);

    static List<String> tables() {
        return TableDefinition.NAMES;
    }

    @ParameterizedTest
    @MethodSource("tables")
    void recordHasExactlyTheColumnsOfTheDdlInOrder(String table) {
        TableDefinition definition = TableDefinition.of(table);
        RecordComponent[] components = definition.recordClass().getRecordComponents();
        assertEquals(
                definition.columns().stream().map(Column::component).toList(),
                java.util.Arrays.stream(components)
                        .map(RecordComponent::getName)
                        .toList());
        for (int i = 0; i < components.length; i++) {
            Column column = definition.columns().get(i);
            assertEquals(expected(column), components[i].getGenericType().getTypeName(), table + "." + column.name());
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void keyColumnsExistAndCannotBeNull(String table) {
        TableDefinition definition = TableDefinition.of(table);
        assertFalse(definition.key().isEmpty());
        for (String key : definition.key()) {
            Column column = definition.columns().stream()
                    .filter(c -> c.name().equals(key))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(table + ": key column " + key + " is not declared"));
            assertFalse(column.nullable(), table + "." + key);
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void columnAndConstraintNamesAreUnique(String table) {
        TableDefinition definition = TableDefinition.of(table);
        Set<String> seen = new HashSet<>();
        definition.columns().forEach(c -> assertTrue(seen.add(c.name()), table + "." + c.name()));
        Set<String> constraints = new HashSet<>();
        definition.constraints().forEach(c -> assertTrue(constraints.add(c.name()), table + ": " + c.name()));
        assertTrue(definition.delta() || definition.constraints().isEmpty(), "only Delta checks constraints");
    }

    @Test
    void everySqlFileIsListed() throws Exception {
        var folder = java.nio.file.Path.of(
                        TableDefinition.class.getResource("runs.sql").toURI())
                .getParent();
        try (var files = java.nio.file.Files.list(folder)) {
            Set<String> found = new HashSet<>();
            files.map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(".sql"))
                    .forEach(f -> found.add(f.replace(".sql", "")));
            assertEquals(new HashSet<>(TableDefinition.NAMES), found);
        }
    }

    @Test
    void aColumnWithoutACommentIsRefused() {
        String sql =
                "-- key: a\nCREATE TABLE IF NOT EXISTS ${table} (\n  a BIGINT NOT NULL\n) USING delta COMMENT 'x';\n";
        var e = assertThrows(IllegalArgumentException.class, () -> TableDefinition.parse("t", sql));
        assertTrue(e.getMessage().contains("a BIGINT NOT NULL"), e.getMessage());
    }

    @Test
    void anUnknownTableIsRefusedByName() {
        var e = assertThrows(IllegalArgumentException.class, () -> TableDefinition.of("nothing"));
        assertTrue(e.getMessage().contains("'nothing'"), e.getMessage());
    }

    private static String expected(Column column) {
        String type = column.type();
        if (type.startsWith("ARRAY<")) {
            return "java.util.List<" + name(type.substring(6, type.length() - 1)) + ">";
        }
        if (type.startsWith("MAP<")) {
            String[] parts = type.substring(4, type.length() - 1).split(",");
            return "java.util.Map<" + name(parts[0].strip()) + ", " + name(parts[1].strip()) + ">";
        }
        Class<?> boxed = BOXED.get(type);
        Class<?> java = column.nullable() ? boxed : PRIMITIVE.getOrDefault(boxed, boxed);
        return ((Type) java).getTypeName();
    }

    private static String name(String sqlType) {
        Class<?> boxed = BOXED.get(sqlType);
        assertFalse(boxed == null || ParameterizedType.class.isAssignableFrom(boxed), sqlType);
        return boxed.getTypeName();
    }
}
