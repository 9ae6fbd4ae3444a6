package dev.firesteel.air;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a chip is written against. It collects; {@link ChipDescription} is what comes of it. */
public final class ConstraintBuilder {
    private final String chip;
    private final List<Constraint> constraints = new ArrayList<>();
    private final List<Interaction> interactions = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private List<String> mainColumns;
    private List<String> preprocessedColumns = List.of();
    private boolean boundary;

    ConstraintBuilder(String chip) {
        this.chip = chip;
    }

    /** Declares the columns that the prover fills, and gives their cells. Once per chip. */
    public <C extends Record> C main(Class<C> columns) {
        if (mainColumns != null) {
            throw new IllegalStateException(chip + ": main columns are declared twice");
        }
        ColumnLayout<C> layout = ColumnLayout.of(columns);
        mainColumns = layout.names();
        return layout.instantiate(Expression::main);
    }

    /** Declares the columns that the key fixes, and gives their cells. At most once per chip. */
    public <C extends Record> C preprocessed(Class<C> columns) {
        if (!preprocessedColumns.isEmpty()) {
            throw new IllegalStateException(chip + ": preprocessed columns are declared twice");
        }
        ColumnLayout<C> layout = ColumnLayout.of(columns);
        preprocessedColumns = layout.names();
        return layout.instantiate(Expression::preprocessed);
    }

    /**
     * Declares a boundary chip: all its main columns are committed before the global challenge is drawn. Only such a chip may send or receive on
     * {@linkplain Bus.Scope#GLOBAL global} buses: of cells that are free when the challenge is known the global sum could be made anything.
     */
    public void boundary() {
        boundary = true;
    }

    /** {@code expression} is zero in every row. */
    public void assertZero(String name, Expression expression) {
        if (!names.add(name)) {
            throw new IllegalStateException(chip + ": two constraints are called " + name);
        }
        constraints.add(new Constraint(name, expression));
    }

    /** {@code left} equals {@code right} in every row. */
    public void assertEqual(String name, Expression left, Expression right) {
        assertZero(name, left.minus(right));
    }

    /** {@code value} is 0 or 1 in every row. */
    public void assertBoolean(String name, Expression value) {
        assertZero(name, value.times(value.minus(1)));
    }

    /** Where {@code condition} is not zero, {@code expression} is. */
    public void assertZeroWhen(String name, Expression condition, Expression expression) {
        assertZero(name, condition.times(expression));
    }

    /** Every row sends {@code fields} {@code multiplicity} times; see {@link Interaction} for the bound. */
    public void send(Bus bus, Expression multiplicity, int multiplicityBound, Expression... fields) {
        interactions.add(new Interaction(bus, multiplicity, List.of(fields), multiplicityBound));
    }

    /** Every row receives {@code fields} {@code multiplicity} times. */
    public void receive(Bus bus, Expression multiplicity, int multiplicityBound, Expression... fields) {
        interactions.add(new Interaction(bus, multiplicity.negated(), List.of(fields), multiplicityBound));
    }

    List<Constraint> constraints() {
        return constraints;
    }

    List<Interaction> interactions() {
        return interactions;
    }

    List<String> mainColumns() {
        if (mainColumns == null) {
            throw new IllegalStateException(chip + ": declares no main columns");
        }
        return mainColumns;
    }

    boolean isBoundary() {
        return boundary;
    }

    List<String> preprocessedColumns() {
        return preprocessedColumns;
    }
}
