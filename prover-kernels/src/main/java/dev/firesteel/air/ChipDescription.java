package dev.firesteel.air;

import java.util.ArrayList;
import java.util.List;

/**
 * A chip as its {@code define} declared it.
 *
 * @param name the chip's name
 * @param boundary whether its main columns are committed before the global challenge is drawn; see {@link ConstraintBuilder#boundary}
 * @param preprocessedColumns names of the columns that the key fixes
 * @param mainColumns names of the columns that the prover fills
 * @param constraints in declared order
 * @param interactions in declared order
 * @param tape computes, in this order: every constraint; then for every interaction its multiplicity and its fields
 */
public record ChipDescription(
        String name,
        boolean boundary,
        List<String> preprocessedColumns,
        List<String> mainColumns,
        List<Constraint> constraints,
        List<Interaction> interactions,
        Tape tape) {

    /** The greatest degree of a constraint, a multiplicity or a field of a message. */
    public static final int MAX_DEGREE = 3;

    /** Runs {@code chip.define}; throws {@link IllegalArgumentException} naming an expression whose degree is over {@link #MAX_DEGREE}. */
    public static ChipDescription of(Chip chip) {
        ConstraintBuilder builder = new ConstraintBuilder(chip.name());
        chip.define(builder);
        List<Expression> outputs = new ArrayList<>();
        for (Constraint constraint : builder.constraints()) {
            outputs.add(checked(chip, constraint.name(), constraint.expression()));
        }
        for (Interaction interaction : builder.interactions()) {
            String where = "message on " + interaction.bus().name();
            outputs.add(checked(chip, "multiplicity of a " + where, interaction.multiplicity()));
            interaction.fields().forEach(f -> outputs.add(checked(chip, where, f)));
        }
        return new ChipDescription(
                chip.name(),
                builder.isBoundary(),
                List.copyOf(builder.preprocessedColumns()),
                List.copyOf(builder.mainColumns()),
                List.copyOf(builder.constraints()),
                List.copyOf(builder.interactions()),
                Tape.of(outputs));
    }

    private static Expression checked(Chip chip, String what, Expression expression) {
        if (expression.degree() > MAX_DEGREE) {
            throw new IllegalArgumentException(
                    chip.name() + ": " + what + " has degree " + expression.degree() + ", more than " + MAX_DEGREE);
        }
        return expression;
    }

    /** This chip with its messages on global buses alone: no constraints, and a tape of the same instructions that computes but these. */
    public ChipDescription globalMessages() {
        List<Interaction> global = new ArrayList<>();
        List<Integer> outputs = new ArrayList<>();
        int output = constraints.size();
        for (Interaction interaction : interactions) {
            int end = output + 1 + interaction.fields().size();
            for (; output < end; output++) {
                if (interaction.bus().isGlobal()) {
                    outputs.add(tape.output(output));
                }
            }
            if (interaction.bus().isGlobal()) {
                global.add(interaction);
            }
        }
        int[] computed = outputs.stream().mapToInt(o -> o).toArray();
        return new ChipDescription(
                name,
                boundary,
                preprocessedColumns,
                mainColumns,
                List.of(),
                List.copyOf(global),
                tape.withOutputs(computed));
    }

    /** The number of columns that the prover fills. */
    public int mainWidth() {
        return mainColumns.size();
    }

    /** The number of columns that the key fixes. */
    public int preprocessedWidth() {
        return preprocessedColumns.size();
    }

    /** The greatest degree of all constraints and interactions. */
    public int degree() {
        int degree = 0;
        for (Constraint constraint : constraints) {
            degree = Math.max(degree, constraint.expression().degree());
        }
        for (Interaction interaction : interactions) {
            degree = Math.max(degree, interaction.multiplicity().degree());
            for (Expression field : interaction.fields()) {
                degree = Math.max(degree, field.degree());
            }
        }
        return degree;
    }
}
