package dev.firesteel.air;

import dev.firesteel.field.KoalaBear;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A {@link ChipDescription} as bytes: what a verifying key holds, and what generators of other backends read. Numbers are big-endian; docs/protocol.md
 * has the format. A description may come from a stranger: everything has a bound, and {@link #read} gives no description that a chip could not have.
 */
public final class ChipCodec {
    /** Most columns of a kind, constraints, or messages of a chip. */
    public static final int MAX_PARTS = 1 << 16;

    /** Most instructions of a tape. */
    public static final int MAX_INSTRUCTIONS = 1 << 20;

    /** Longest name, bytes of UTF-8. */
    public static final int MAX_NAME = 255;

    private static final Expression.Kind[] KINDS = Expression.Kind.values();
    private static final Bus.Scope[] SCOPES = Bus.Scope.values();

    private ChipCodec() {}

    /** The bytes of {@code chip}. */
    public static byte[] bytes(ChipDescription chip) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            name(out, chip.name());
            out.writeBoolean(chip.boundary());
            names(out, chip.preprocessedColumns());
            names(out, chip.mainColumns());
            Tape tape = chip.tape();
            out.writeInt(tape.length());
            for (int i = 0; i < tape.length(); i++) {
                out.writeByte(tape.kind(i).ordinal());
                boolean constant = tape.kind(i) == Expression.Kind.CONSTANT;
                out.writeInt(constant ? KoalaBear.toCanonical(tape.left(i)) : tape.left(i));
                if (operation(tape.kind(i))) {
                    out.writeInt(tape.right(i));
                }
            }
            int output = 0;
            out.writeInt(chip.constraints().size());
            for (Constraint constraint : chip.constraints()) {
                name(out, constraint.name());
                out.writeInt(tape.output(output++));
            }
            out.writeInt(chip.interactions().size());
            for (Interaction interaction : chip.interactions()) {
                out.writeShort(interaction.bus().id());
                name(out, interaction.bus().name());
                out.writeByte(interaction.bus().width());
                out.writeByte(interaction.bus().scope().ordinal());
                out.writeInt(interaction.multiplicityBound());
                for (int i = 0; i <= interaction.bus().width(); i++) {
                    out.writeInt(tape.output(output++));
                }
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void names(DataOutputStream out, List<String> names) throws IOException {
        out.writeInt(names.size());
        for (String name : names) {
            name(out, name);
        }
    }

    private static void name(DataOutputStream out, String name) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_NAME) {
            throw new IllegalArgumentException("the name " + name + " has more than " + MAX_NAME + " bytes");
        }
        out.writeByte(bytes.length);
        out.write(bytes);
    }

    private static boolean operation(Expression.Kind kind) {
        return switch (kind) {
            case PREPROCESSED, MAIN, CONSTANT -> false;
            case SUM, DIFFERENCE, PRODUCT -> true;
        };
    }

    /**
     * The description that starts at the buffer's position, which then stands after it.
     *
     * @throws IllegalArgumentException telling what is wrong
     */
    public static ChipDescription read(ByteBuffer in) {
        try {
            return new Reader(in).chip();
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a chip's description ends early", e);
        }
    }

    private static final class Reader {
        private final ByteBuffer in;
        private List<Expression> nodes;

        Reader(ByteBuffer in) {
            this.in = in;
        }

        ChipDescription chip() {
            String chip = name();
            boolean boundary = choice(2, chip + ": boundary") == 1;
            List<String> preprocessed = names(chip + ": preprocessed columns");
            List<String> main = names(chip + ": main columns");
            int length = count(MAX_INSTRUCTIONS, 5, chip + ": instructions");
            Expression.Kind[] kinds = new Expression.Kind[length];
            int[] left = new int[length];
            int[] right = new int[length];
            nodes = new ArrayList<>(length);
            for (int i = 0; i < length; i++) {
                int kind = in.get();
                require(kind >= 0 && kind < KINDS.length, chip + ": instruction " + i + " has no such kind");
                kinds[i] = KINDS[kind];
                left[i] = in.getInt();
                right[i] = operation(kinds[i]) ? in.getInt() : 0;
                nodes.add(node(chip, i, kinds[i], left[i], right[i], preprocessed.size(), main.size()));
                if (kinds[i] == Expression.Kind.CONSTANT) {
                    left[i] = KoalaBear.fromCanonical(left[i]);
                }
            }
            List<Integer> outputs = new ArrayList<>();
            List<Constraint> constraints = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            int constraintCount = count(MAX_PARTS, 5, chip + ": constraints");
            for (int i = 0; i < constraintCount; i++) {
                String name = name();
                require(seen.add(name), chip + ": two constraints are called " + name);
                constraints.add(new Constraint(name, output(chip, outputs)));
            }
            List<Interaction> interactions = new ArrayList<>();
            int messageCount = count(MAX_PARTS, 17, chip + ": messages");
            for (int i = 0; i < messageCount; i++) {
                int id = in.getShort() & 0xFFFF;
                String name = name();
                int width = in.get() & 0xFF;
                Bus bus = new Bus(id, name, width, SCOPES[choice(SCOPES.length, chip + ": scope of bus " + name)]);
                int bound = in.getInt();
                Expression multiplicity = output(chip, outputs);
                List<Expression> fields = new ArrayList<>(bus.width());
                for (int k = 0; k < bus.width(); k++) {
                    fields.add(output(chip, outputs));
                }
                interactions.add(new Interaction(bus, multiplicity, fields, bound));
            }
            return new ChipDescription(
                    chip,
                    boundary,
                    preprocessed,
                    main,
                    List.copyOf(constraints),
                    List.copyOf(interactions),
                    new Tape(
                            kinds,
                            left,
                            right,
                            outputs.stream().mapToInt(o -> o).toArray()));
        }

        private Expression node(
                String chip, int i, Expression.Kind kind, int left, int right, int preprocessed, int main) {
            String where = chip + ": instruction " + i;
            return switch (kind) {
                case PREPROCESSED -> {
                    require(left >= 0 && left < preprocessed, where + " reads no preprocessed column");
                    yield Expression.preprocessed(left);
                }
                case MAIN -> {
                    require(left >= 0 && left < main, where + " reads no column");
                    yield Expression.main(left);
                }
                case CONSTANT -> {
                    require(left >= 0 && left < KoalaBear.P, where + " is a constant of no element");
                    yield Expression.ofMontgomery(KoalaBear.fromCanonical(left));
                }
                default -> {
                    // A later operand would be read before it is computed.
                    require(left >= 0 && left < i && right >= 0 && right < i, where + " reads no earlier one");
                    Expression e = Expression.operation(kind, nodes.get(left), nodes.get(right));
                    require(e.degree() <= ChipDescription.MAX_DEGREE, where + " has degree " + e.degree());
                    yield e;
                }
            };
        }

        private Expression output(String chip, List<Integer> outputs) {
            int node = in.getInt();
            require(node >= 0 && node < nodes.size(), chip + ": an output is no instruction");
            outputs.add(node);
            return nodes.get(node);
        }

        private List<String> names(String what) {
            int count = count(MAX_PARTS, 1, what);
            List<String> names = new ArrayList<>(count);
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < count; i++) {
                String name = name();
                require(seen.add(name), what + ": " + name + " twice");
                names.add(name);
            }
            return List.copyOf(names);
        }

        /** A count of things that take at least {@code bytes} each: what is not there is not allocated. */
        private int count(int most, int bytes, String what) {
            int count = in.getInt();
            require(count >= 0 && count <= most, what + ": " + count + ", not within 0 and " + most);
            require((long) count * bytes <= in.remaining(), what + ": " + count + ", but the description ends before");
            return count;
        }

        /** A byte that stands for one of {@code choices} things. */
        private int choice(int choices, String what) {
            int choice = in.get();
            require(choice >= 0 && choice < choices, what + ": no choice " + choice);
            return choice;
        }

        private String name() {
            byte[] bytes = new byte[Math.min(in.get() & 0xFF, in.remaining() + 1)];
            in.get(bytes);
            try {
                CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
                return text.toString();
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException("a name is not UTF-8", e);
            }
        }

        private static void require(boolean condition, String message) {
            if (!condition) {
                throw new IllegalArgumentException(message);
            }
        }
    }
}
