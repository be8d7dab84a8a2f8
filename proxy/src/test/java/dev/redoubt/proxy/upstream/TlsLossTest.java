package dev.redoubt.proxy.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.proxy.backlog.RecordingSink;
import dev.redoubt.proxy.lane.DirectSocket;
import dev.redoubt.proxy.lane.TestSocket;
import dev.redoubt.proxy.tls.TestTls;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A connection with TLS is lost while the kernel has taken a part of what was written. */
class TlsLossTest {
    private static final int ROUNDS = 10;

    static Stream<Arguments> ways() {
        return TestTls.ways();
    }

    /**
     * What Redis can decrypt is what counts as sent, to the byte: nothing of a record whose end has not left. Fewer unsent bytes would only mean more commands in doubt; more of them would
     * repeat what was applied.
     */
    @ParameterizedTest
    @MethodSource("ways")
    void whatCountsAsUnsentIsExactlyWhatCannotBeDecrypted(String protocol, String provider) throws Exception {
        SplittableRandom random = random();
        for (int round = 0; round < ROUNDS; round++) {
            DataFixture fixture = DataFixture.withoutHandler();
            TestSocket socket = fixture.socket;
            try (TestTls tls = new TestTls(protocol, provider, fixture.loop, socket)) {
                socket.pipeline().addLast(fixture.handler);
                socket.takeOnly(random.nextInt(150_000));
                long accepted = 0;
                for (int turn = 0; turn < 3; turn++) {
                    accepted += submit(fixture, random);
                    fixture.flush();
                }
                long written = accepted - fixture.log.unwrittenBytes();
                tls.deliver(socket.takeSent());

                socket.reset();

                String lost = fixture.heard.get(fixture.heard.size() - 1);
                long unsent = Long.parseLong(lost.split(" ")[1]);
                assertEquals(tls.decrypted(), written - unsent, lost);
            }
            fixture.close();
        }
    }

    /** A piece in two records could be half sent, and would count as unsent. */
    @ParameterizedTest
    @MethodSource("ways")
    void eachPieceIsOneRecord(String protocol, String provider) throws Exception {
        for (int length : new int[] {1, 1_000, 15_000, 15_360, 15_361, 16_368, 16_384, 30_720, 64_000}) {
            DataFixture fixture = DataFixture.withoutHandler();
            try (TestTls tls = new TestTls(protocol, provider, fixture.loop, fixture.socket)) {
                fixture.socket.pipeline().addLast(fixture.handler);
                int pieceBytes = new DirectSocket(fixture.socket).pieceBytes();
                fixture.commands.run(new RecordingSink("a", new ArrayList<>()), "SET k " + "x".repeat(length));
                int written = fixture.log.unwrittenBytes();

                fixture.flush();

                int pieces = (written + pieceBytes - 1) / pieceBytes;
                byte[] sent = fixture.socket.takeSent();
                assertEquals(pieces, TestTls.records(sent), length + " bytes");
                tls.deliver(sent);
                assertEquals(written, tls.decrypted());
            }
            fixture.close();
        }
    }

    /** Small and large commands; returns how many bytes they are. */
    private static long submit(DataFixture fixture, SplittableRandom random) {
        RecordingSink owner = new RecordingSink("a", new ArrayList<>());
        long before = fixture.log.unwrittenBytes();
        int commands = 1 + random.nextInt(30);
        for (int i = 0; i < commands; i++) {
            fixture.commands.run(owner, "SET k " + "x".repeat(random.nextInt(i % 7 == 0 ? 40_000 : 200)));
        }
        return fixture.log.unwrittenBytes() - before;
    }

    private static SplittableRandom random() {
        long seed = Long.getLong("redoubt.seed", System.nanoTime());
        System.out.println("TlsLossTest: -Dredoubt.seed=" + seed);
        return new SplittableRandom(seed);
    }
}
