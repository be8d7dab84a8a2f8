package dev.redoubt.proxy.session;

import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.upstream.Credentials;
import dev.redoubt.proxy.upstream.Failures;
import dev.redoubt.proxy.upstream.UpstreamKey;
import dev.redoubt.proxy.upstream.UpstreamServer;
import dev.redoubt.proxy.upstream.Verification;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Has Redis check a client's password, on a connection of its own, and trusts the result for 30 s; what is kept is a salted hash. While Redis is away only what it accepted before is accepted; where no Redis has
 * ever been seen, whatever the client says, since there is nothing but memory to protect.
 */
public final class UpstreamAuthenticator implements Authenticator {
    private static final long TRUST_NANOS = 30_000_000_000L;
    private static final long RETRY_NANOS = 100_000_000;
    /** Redis has done by then what it was told. */
    private static final long DISTRUST_NANOS = 1_000_000_000;

    private static final int MAX_USERS = 1_000;

    private record Known(byte[] hash, long verifiedNanos) {}

    private final UpstreamServer server;
    private final Lane lane;
    private final byte[] salt = new byte[16];
    /** By the user as it was named, empty where it was not: Redis takes any password for a default user that has none, but only from those who name it. */
    private final Map<Optional<String>, Known> known = new LinkedHashMap<>();

    private long distrustedUntilNanos;

    public UpstreamAuthenticator(UpstreamServer server, Lane lane) {
        this.server = server;
        this.lane = lane;
        this.distrustedUntilNanos = lane.nanoTime();
        new SecureRandom().nextBytes(salt);
    }

    @Override
    public UpstreamKey admit(UpstreamKey key, Credentials credentials) {
        return key.withCredentials(credentials.shared(server.defaultKey(0, 2).credentials()));
    }

    @Override
    public String userOf(UpstreamKey key) {
        Credentials credentials = key.credentials();
        return credentials == null ? Credentials.DEFAULT_USER : credentials.userName();
    }

    @Override
    public boolean admitsAll() {
        return true;
    }

    @Override
    public boolean knows(String user) {
        return user.equals(Credentials.DEFAULT_USER);
    }

    @Override
    public void distrust() {
        known.clear();
        distrustedUntilNanos = lane.nanoTime() + DISTRUST_NANOS;
    }

    @Override
    public void verify(Credentials credentials, long holdBudgetNanos, Outcome outcome) {
        verifyUntil(credentials, lane.nanoTime() + holdBudgetNanos, outcome);
    }

    private void verifyUntil(Credentials credentials, long deadlineNanos, Outcome outcome) {
        long now = lane.nanoTime();
        Known entry = known.get(named(credentials));
        boolean matches = entry != null && MessageDigest.isEqual(entry.hash(), hash(credentials));
        boolean fresh = entry != null && now - entry.verifiedNanos() < TRUST_NANOS;
        if (matches && (fresh || !server.isUp())) {
            outcome.done(null);
        } else if (server.isUp()) {
            new Verification(server, lane, credentials)
                    .run(result -> onVerified(credentials, deadlineNanos, outcome, result));
        } else if (server.isDisabled() || !server.wasSeen() && server.hasFailed()) {
            outcome.done(null);
        } else {
            later(credentials, deadlineNanos, outcome);
        }
    }

    private void onVerified(Credentials credentials, long deadlineNanos, Outcome outcome, Verification.Result result) {
        if (result.isLost()) {
            later(credentials, deadlineNanos, outcome);
            return;
        }
        String error = result.error();
        if (error == null) {
            remember(credentials);
            server.adoptCredentials(credentials);
        } else {
            forget(credentials, error);
        }
        outcome.done(error);
    }

    private void later(Credentials credentials, long deadlineNanos, Outcome outcome) {
        if (lane.nanoTime() - deadlineNanos >= 0) {
            outcome.done(Failures.unavailable(server.description(), server.lastError()));
        } else {
            lane.executor().schedule(() -> verifyUntil(credentials, deadlineNanos, outcome), RETRY_NANOS);
        }
    }

    private void remember(Credentials credentials) {
        if (lane.nanoTime() - distrustedUntilNanos < 0) {
            return;
        }
        if (known.size() >= MAX_USERS) {
            known.remove(known.keySet().iterator().next());
        }
        known.put(named(credentials), new Known(hash(credentials), lane.nanoTime()));
    }

    /** A wrong password of the default user is wrong in either form; another error may mean the form only. */
    private void forget(Credentials credentials, String error) {
        forget(named(credentials), credentials);
        boolean isWrong = credentials.user() != null || error.startsWith("WRONGPASS");
        if (isWrong && credentials.userName().equals(Credentials.DEFAULT_USER)) {
            forget(Optional.empty(), credentials);
            forget(Optional.of(Credentials.DEFAULT_USER), credentials);
        }
    }

    private void forget(Optional<String> user, Credentials credentials) {
        Known entry = known.get(user);
        if (entry != null && MessageDigest.isEqual(entry.hash(), hash(credentials))) {
            known.remove(user);
        }
    }

    private static Optional<String> named(Credentials credentials) {
        return Optional.ofNullable(credentials.user());
    }

    private byte[] hash(Credentials credentials) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            return digest.digest(credentials.password().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
