package dev.firesteel.examples;

import dev.firesteel.air.Bus;
import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Interaction;
import dev.firesteel.air.Trace;
import dev.firesteel.field.Ext;
import dev.firesteel.gkr.GkrClaim;
import dev.firesteel.gkr.GkrProver;
import dev.firesteel.gkr.GkrVerifier;
import dev.firesteel.protocol.ExtArithmetic;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.TableLayout;
import dev.firesteel.protocol.VerificationException;
import dev.firesteel.zerocheck.Batching;
import dev.firesteel.zerocheck.ColumnClaims;
import dev.firesteel.zerocheck.DigestChannel;
import dev.firesteel.zerocheck.Fingerprint;
import dev.firesteel.zerocheck.Leaves;
import dev.firesteel.zerocheck.ZerocheckProver;
import dev.firesteel.zerocheck.ZerocheckVerifier;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** Proves an instance by LogUp-GKR and zerocheck over the test channel, which absorbs the traces whole in place of a commitment. */
record Sumchecks(TestMachine machine) {
    /** A proof, made as for honest traces. */
    List<Integer> prove(Instance instance) {
        TableLayout layout = layout(instance);
        List<Trace> main = new ArrayList<>();
        List<Trace> fixed = new ArrayList<>();
        layout.tables().forEach(t -> {
            main.add(instance.main().get(t.index()));
            fixed.add(instance.preprocessed().get(t.index()));
        });
        DigestChannel channel = DigestChannel.prover(statement(instance));
        Fingerprint<Ext> fingerprint = fingerprint(channel.sample("alpha"), channel.sample("beta"));
        Leaves leaves = Leaves.of(layout, fixed, main, fingerprint);
        GkrClaim<Ext> claim = GkrProver.prove(channel, leaves.numerators(), leaves.denominators());
        Ext gamma = channel.sample("gamma");
        Ext eta = channel.sample("eta");
        Batching<Ext> batching = Batching.of(ExtArithmetic.INSTANCE, layout, fingerprint, claim, gamma, eta);
        ZerocheckProver.prove(channel, layout, fixed, main, claim.point(), batching);
        return channel.proof();
    }

    /** Verifies down to claims on columns. */
    ColumnClaims<Ext> verify(Instance instance, List<Integer> proof) throws VerificationException {
        TableLayout layout = layout(instance);
        DigestChannel channel = DigestChannel.verifier(statement(instance), proof);
        Fingerprint<Ext> fingerprint = fingerprint(channel.sample("alpha"), channel.sample("beta"));
        Ext publicSum = Ext.ZERO;
        for (PublicMessage message : instance.messages()) {
            List<Ext> fields = message.fields().stream().map(Ext::ofBase).toList();
            Ext denominator = fingerprint.of(ExtArithmetic.INSTANCE, message.bus(), fields);
            publicSum = publicSum.plus(denominator.inverse().times(message.multiplicity()));
        }
        GkrClaim<Ext> claim = GkrVerifier.verify(channel, layout.logLeaves(), publicSum);
        Ext gamma = channel.sample("gamma");
        Ext eta = channel.sample("eta");
        Batching<Ext> batching = Batching.of(ExtArithmetic.INSTANCE, layout, fingerprint, claim, gamma, eta);
        ColumnClaims<Ext> claims = ZerocheckVerifier.verify(channel, layout, claim.point(), batching);
        channel.end();
        return claims;
    }

    /** Why an honestly made proof of the instance is rejected; null when it is not. */
    Rejection rejection(Instance instance) {
        return rejection(instance, prove(instance));
    }

    /** Why a proof of the instance is rejected; null when it is not. */
    Rejection rejection(Instance instance, List<Integer> proof) {
        try {
            verify(instance, proof);
            return null;
        } catch (VerificationException e) {
            return e.reason();
        }
    }

    private Fingerprint<Ext> fingerprint(Ext alpha, Ext beta) {
        int width = machine.chips().stream()
                .map(ChipDescription::interactions)
                .flatMap(List::stream)
                .map(Interaction::bus)
                .mapToInt(Bus::width)
                .max()
                .orElse(0);
        return Fingerprint.of(ExtArithmetic.INSTANCE, alpha, beta, width);
    }

    TableLayout layout(Instance instance) {
        return TableLayout.of(
                machine.chips(),
                instance.main().stream().mapToInt(Trace::logHeight).toArray());
    }

    private static byte[] statement(Instance instance) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Trace trace : instance.main()) {
                ByteBuffer cells =
                        ByteBuffer.allocate(4 * trace.data().length + 4).putInt(trace.height());
                cells.asIntBuffer().put(trace.data());
                digest.update(cells.array());
            }
            for (PublicMessage message : instance.messages()) {
                digest.update(message.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
