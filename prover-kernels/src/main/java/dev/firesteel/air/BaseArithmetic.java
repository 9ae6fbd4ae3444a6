package dev.firesteel.air;

import dev.firesteel.field.KoalaBear;

/** The base field itself, elements in Montgomery form: what evaluates a chip on the cells of a trace. */
public final class BaseArithmetic implements Arithmetic<Integer> {
    /** The only one that is needed. */
    public static final BaseArithmetic INSTANCE = new BaseArithmetic();

    private BaseArithmetic() {}

    @Override
    public Integer add(Integer left, Integer right) {
        return KoalaBear.add(left, right);
    }

    @Override
    public Integer subtract(Integer left, Integer right) {
        return KoalaBear.sub(left, right);
    }

    @Override
    public Integer multiply(Integer left, Integer right) {
        return KoalaBear.mul(left, right);
    }

    @Override
    public Integer constant(int montgomery) {
        return montgomery;
    }
}
