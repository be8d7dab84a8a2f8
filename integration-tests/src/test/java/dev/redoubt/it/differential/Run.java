package dev.redoubt.it.differential;

import java.time.Duration;
import java.util.Optional;

/** Plays seed after seed. Confined to one thread. */
final class Run {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PATIENCE_WHEN_SHRINKING = Duration.ofSeconds(2);
    private static final int REPEATS = 3;

    private final Rig rig;
    private final Duration shrinking;
    private final CommandPatterns patterns = CommandPatterns.load();

    /** @param shrinking how long to look for the shortest play that differs */
    Run(Rig rig, Duration shrinking) {
        this.rig = rig;
        this.shrinking = shrinking;
    }

    Play play(long seed) {
        return Plays.of(seed, patterns, rig.dumps());
    }

    /** What differs in the play of that seed, and the shortest play that shows it. */
    Optional<String> findings(long seed) {
        Play play = play(seed);
        try {
            new Player(rig, PATIENCE, false).play(play);
            return Optional.empty();
        } catch (Difference difference) {
            return Optional.of("seed " + seed + " differs: " + difference.getMessage() + "\n" + shortest(play));
        } catch (IllegalStateException e) {
            throw new IllegalStateException("seed " + seed + ": " + e.getMessage() + "\n" + play, e);
        }
    }

    private String shortest(Play play) {
        Player player = new Player(rig, PATIENCE_WHEN_SHRINKING, true);
        if (!comesAgain(player, play)) {
            return "It did not come again in " + REPEATS + " more plays of\n" + play;
        }
        Play smallest = new Shrinker(candidate -> difference(player, candidate).isPresent(), shrinking).shrink(play);
        return difference(player, smallest)
                        .map(said -> "Shortest: " + said + "\n")
                        .orElse("(not each time)\n")
                + smallest;
    }

    private static boolean comesAgain(Player player, Play play) {
        for (int i = 0; i < REPEATS; i++) {
            if (difference(player, play).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> difference(Player player, Play play) {
        try {
            player.play(play);
            return Optional.empty();
        } catch (Difference difference) {
            return Optional.of(difference.getMessage());
        } catch (IllegalStateException brokenByShrinking) {
            return Optional.empty();
        }
    }
}
