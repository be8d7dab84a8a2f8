package dev.redoubt.it.differential;

import java.time.Duration;
import java.util.Optional;

/**
 * The differential test for as long as one likes: {@code --seconds N} (60), {@code --seed S} to begin with, {@code --plays N} at
 * most, {@code --shrink N} seconds to look for the shortest play that differs (60), {@code --all} to go on after a difference, {@code --show} to print the seed's play instead.
 */
public final class Differential {
    private long seconds = 60;
    private long seed = System.nanoTime() & 0xffffffffL;
    private long plays = Long.MAX_VALUE;
    private long shrink = 60;
    private boolean all;
    private boolean show;

    private Differential() {}

    /** @param arguments see the class */
    public static void main(String[] arguments) {
        Differential differential = new Differential();
        differential.parse(arguments);
        System.exit(differential.run() ? 0 : 1);
    }

    private void parse(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--seconds" -> seconds = Long.parseLong(arguments[++i]);
                case "--seed" -> seed = Long.parseLong(arguments[++i]);
                case "--plays" -> plays = Long.parseLong(arguments[++i]);
                case "--shrink" -> shrink = Long.parseLong(arguments[++i]);
                case "--all" -> all = true;
                case "--show" -> show = true;
                default ->
                    throw new IllegalArgumentException(arguments[i]
                            + ": [--seconds N] [--seed S] [--plays N] [--shrink SECONDS] [--all] [--show]");
            }
        }
    }

    private boolean run() {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        long played = 0;
        int different = 0;
        System.out.println("from seed " + seed + " on");
        try (Rig rig = new Rig()) {
            Run run = new Run(rig, Duration.ofSeconds(shrink));
            if (show) {
                System.out.println(run.play(seed));
                return true;
            }
            for (; played < plays && System.nanoTime() < end && (all || different == 0); played++) {
                Optional<String> found = run.findings(seed + played);
                found.ifPresent(System.out::println);
                different += found.isPresent() ? 1 : 0;
            }
        }
        System.out.println(played + " plays, " + different + " with a difference");
        return different == 0;
    }
}
