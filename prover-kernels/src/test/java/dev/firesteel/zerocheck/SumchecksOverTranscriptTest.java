package dev.firesteel.zerocheck;

import dev.firesteel.hash.Transcript;
import dev.firesteel.hash.TranscriptProverChannel;
import dev.firesteel.hash.TranscriptVerifierChannel;
import dev.firesteel.poly.Parallel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.List;

/** The same over the product's transcript and proof format. */
class SumchecksOverTranscriptTest extends SumchecksTest {

    private static Transcript transcript(byte[] statement) {
        Transcript transcript = new Transcript("sumchecks test");
        transcript.absorbBytes("statement", statement);
        return transcript;
    }

    @Override
    Proving proving(byte[] statement) {
        TranscriptProverChannel channel = new TranscriptProverChannel(transcript(statement), new Parallel(1));
        return new Proving(channel, () -> numbers(channel.proof()));
    }

    @Override
    Verifying verifying(byte[] statement, List<Integer> proof) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * proof.size()).order(ByteOrder.LITTLE_ENDIAN);
        proof.forEach(bytes::putInt);
        TranscriptVerifierChannel channel = new TranscriptVerifierChannel(transcript(statement), bytes.array());
        return new Verifying(channel, channel::end);
    }

    private static List<Integer> numbers(byte[] proof) {
        IntBuffer numbers =
                ByteBuffer.wrap(proof).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        int[] array = new int[numbers.remaining()];
        numbers.get(array);
        return Arrays.stream(array).boxed().toList();
    }
}
