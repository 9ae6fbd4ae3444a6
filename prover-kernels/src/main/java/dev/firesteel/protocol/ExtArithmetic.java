package dev.firesteel.protocol;

import dev.firesteel.air.Arithmetic;
import dev.firesteel.field.Ext;

/** The extension field itself: the arithmetic of provers and of verifiers that run on numbers. */
public final class ExtArithmetic implements Arithmetic<Ext> {
    /** The only one that is needed. */
    public static final ExtArithmetic INSTANCE = new ExtArithmetic();

    private ExtArithmetic() {}

    @Override
    public Ext add(Ext left, Ext right) {
        return left.plus(right);
    }

    @Override
    public Ext subtract(Ext left, Ext right) {
        return left.minus(right);
    }

    @Override
    public Ext multiply(Ext left, Ext right) {
        return left.times(right);
    }

    @Override
    public Ext constant(int montgomery) {
        return Ext.ofBase(montgomery);
    }
}
