package dev.firesteel.air;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The columns of a table, named by a record: a component of type {@link Expression} is a column, one of type {@code Expression[]} with
 * {@link Width} that many, a record or an array of records the columns of these, named {@code outer.inner}.
 *
 * @param <C> the record
 */
public final class ColumnLayout<C extends Record> {
    private final Class<C> record;
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> first = new LinkedHashMap<>();

    private ColumnLayout(Class<C> record) {
        this.record = record;
        collect(record, "");
    }

    /** The layout that {@code record} declares; throws {@link IllegalArgumentException} for a component of another type. */
    public static <C extends Record> ColumnLayout<C> of(Class<C> record) {
        return new ColumnLayout<>(record);
    }

    /** The names in order; entries of an array are {@code name[i]}. */
    public List<String> names() {
        return List.copyOf(names);
    }

    /** The number of columns. */
    public int width() {
        return names.size();
    }

    /** The index of the first column of the component {@code path}, such as {@code state} or {@code limbs[2].low}. */
    public int index(String path) {
        Integer index = first.get(path);
        if (index == null) {
            throw new IllegalArgumentException(record.getSimpleName() + " has no column " + path);
        }
        return index;
    }

    /** The record with cell {@code column.apply(i)} in place of column i. */
    public C instantiate(IntFunction<Expression> column) {
        return record.cast(instantiate(record, new int[1], column));
    }

    private void collect(Class<?> type, String prefix) {
        for (RecordComponent component : type.getRecordComponents()) {
            String path = prefix.isEmpty() ? component.getName() : prefix + "." + component.getName();
            Class<?> of = component.getType();
            if (!of.isArray()) {
                collectOne(of, path);
                continue;
            }
            first.put(path, names.size());
            for (int i = 0; i < width(component); i++) {
                collectOne(of.getComponentType(), path + "[" + i + "]");
            }
        }
    }

    private void collectOne(Class<?> type, String path) {
        first.put(path, names.size());
        if (type == Expression.class) {
            names.add(path);
        } else if (type.isRecord()) {
            collect(type, path);
        } else {
            throw new IllegalArgumentException(
                    path + ": a column is an Expression, a record, or an array of either with @Width");
        }
    }

    private static int width(RecordComponent component) {
        Width width = component.getAnnotation(Width.class);
        if (width == null || width.value() < 1) {
            throw new IllegalArgumentException(component.getName() + ": an array of columns needs @Width");
        }
        return width.value();
    }

    private static Object instantiate(Class<?> type, int[] next, IntFunction<Expression> column) {
        if (type == Expression.class) {
            return column.apply(next[0]++);
        }
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            if (types[i].isArray()) {
                int width = width(components[i]);
                values[i] = Array.newInstance(types[i].getComponentType(), width);
                for (int k = 0; k < width; k++) {
                    Array.set(values[i], k, instantiate(types[i].getComponentType(), next, column));
                }
            } else {
                values[i] = instantiate(types[i], next, column);
            }
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type.getName() + " cannot be made", e);
        }
    }
}
