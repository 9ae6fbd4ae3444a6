package dev.firesteel.hash;

import dev.firesteel.field.KoalaBear;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Arithmetic modulo p on double vectors, as method handles (for why: {@code dev.firesteel.field.VectorLanes}; here they do not nest).
 *
 * <p>Numbers are integers of either sign that stand for their residues, and not Montgomery forms. A product is the sum of two doubles, whose rounding
 * error a fused multiplication and addition gives exactly; its multiple of p is found by rounding the quotient. Against integers of 32 bits an addition
 * is one operation instead of three, a product six for eight lanes instead of twenty for sixteen, and no product of 64 bits is needed, which compilers
 * before JDK 24 are bad at. The dearest part of the inner rounds, division by 2^k, takes four operations.
 *
 * <p>Every operation is exact for products below 2^74: a quotient by p is then below 2^43 and rounded with an error below 0.501, so that what is left
 * is below 0.51·p, and all else is an integer below 2^53.
 */
final class VectorResidues {
    /** The one double species of this JVM; as wide in bits as the field's. */
    static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

    /** Added and taken off again, it rounds to an integer what is below 2^51. */
    static final double ROUND = 0x1.8p52;

    private static final double P = KoalaBear.P;
    private static final double P_INVERSE = 1 / P;

    /** (DoubleVector y): y³, reduced. */
    static final MethodHandle CUBE = handle("cube");

    /** (DoubleVector x, double c): c·x, reduced. */
    static final MethodHandle SCALE = handle("scale", double.class);

    /** (DoubleVector x): x, reduced: below 0.51·p. */
    static final MethodHandle REDUCE = handle("reduce");

    /** (DoubleVector x, int k): −x/2^k for k in [1, 24]; below 0.51·p + x/2^k. */
    static final MethodHandle SHIFTED = handle("shifted", int.class);

    private VectorResidues() {}

    private static MethodHandle handle(String name, Class<?>... parameters) {
        MethodType type =
                MethodType.methodType(DoubleVector.class, DoubleVector.class).appendParameterTypes(parameters);
        try {
            return MethodHandles.lookup().findStatic(VectorResidues.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no such operation: " + name, e);
        }
    }

    private static DoubleVector cube(DoubleVector y) {
        DoubleVector inverse = DoubleVector.broadcast(DOUBLES, P_INVERSE);
        DoubleVector round = DoubleVector.broadcast(DOUBLES, ROUND);
        DoubleVector minusP = DoubleVector.broadcast(DOUBLES, -P);
        DoubleVector minusY = y.neg();
        DoubleVector high = y.mul(y);
        DoubleVector error = minusY.fma(y, high);
        DoubleVector quotient = high.fma(inverse, round).sub(round);
        DoubleVector square = quotient.fma(minusP, high).sub(error);
        high = square.mul(y);
        error = minusY.fma(square, high);
        quotient = high.fma(inverse, round).sub(round);
        return quotient.fma(minusP, high).sub(error);
    }

    private static DoubleVector scale(DoubleVector x, double c) {
        DoubleVector round = DoubleVector.broadcast(DOUBLES, ROUND);
        DoubleVector high = x.mul(c);
        DoubleVector error = x.fma(DoubleVector.broadcast(DOUBLES, -c), high);
        DoubleVector quotient =
                high.fma(DoubleVector.broadcast(DOUBLES, P_INVERSE), round).sub(round);
        return quotient.fma(DoubleVector.broadcast(DOUBLES, -P), high).sub(error);
    }

    private static DoubleVector reduce(DoubleVector x) {
        DoubleVector round = DoubleVector.broadcast(DOUBLES, ROUND);
        DoubleVector quotient =
                x.fma(DoubleVector.broadcast(DOUBLES, P_INVERSE), round).sub(round);
        return quotient.fma(DoubleVector.broadcast(DOUBLES, -P), x);
    }

    /** With x/2^k = h + f, h being the nearest integer, it is −h + (p − 1)·f modulo p, for 2^k·f is an integer and p is 1 modulo 2^k. */
    private static DoubleVector shifted(DoubleVector x, int k) {
        DoubleVector scale = DoubleVector.broadcast(DOUBLES, 1.0 / (1 << k));
        DoubleVector round = DoubleVector.broadcast(DOUBLES, ROUND);
        DoubleVector minusH = round.sub(x.fma(scale, round));
        DoubleVector f = x.fma(scale, minusH);
        return f.fma(DoubleVector.broadcast(DOUBLES, P - 1), minusH);
    }
}
