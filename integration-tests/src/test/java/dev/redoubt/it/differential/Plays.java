package dev.redoubt.it.differential;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Makes a play of a seed: always the same one. Confined to one thread. */
final class Plays {
    private static final int MOST_CLIENTS = 8;
    private static final int MOST_STEPS = 160;

    private final Random random;
    private final boolean together;
    private final List<Talker> talkers = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private int wakes;

    /** What one client has yet to say. */
    private record Talker(Words words, Phrases phrases, Deque<Request> phrase) {
        Request next() {
            if (phrase.isEmpty()) {
                phrase.addAll(phrases.next());
            }
            return phrase.removeFirst();
        }
    }

    private Plays(long seed, CommandPatterns patterns, List<String> dumps) {
        random = new Random(seed);
        together = random.nextInt(3) == 0;
        int clients = 1 + random.nextInt(MOST_CLIENTS);
        CommandPatterns allowed = patterns.where(pattern -> !together || !pattern.isGlobal());
        for (int i = 0; i < clients; i++) {
            Words words = new Words(random, together ? "c" + i + ":" : "", dumps);
            talkers.add(new Talker(words, new Phrases(random, words, allowed), new ArrayDeque<>()));
        }
    }

    /** @param dumps what DUMP gives for some values, as RESTORE takes it */
    static Play of(long seed, CommandPatterns patterns, List<String> dumps) {
        Plays plays = new Plays(seed, patterns, dumps);
        for (int turns = 20 + plays.random.nextInt(MOST_STEPS); turns > 0; turns--) {
            plays.turn();
        }
        return new Play(plays.together, List.copyOf(plays.steps));
    }

    private void turn() {
        int client = random.nextInt(talkers.size());
        int what = random.nextInt(60);
        if (what == 0) {
            leave(client);
        } else if (!together && talkers.size() > 1 && what <= 3) {
            wake(client);
        } else if (!together && talkers.size() > 1 && what <= 5) {
            publish(client);
        } else if (!together && talkers.size() > 1 && what <= 7) {
            track(client);
        } else {
            step(client, Step.Kind.CALL, pipeline(talkers.get(client)));
        }
    }

    /** Mostly a command at a time; sometimes a long pipeline. It ends where the connection does. */
    private List<Request> pipeline(Talker talker) {
        int parts = random.nextInt(3) > 0 ? 1 : 1 + random.nextInt(random.nextInt(4) == 0 ? 60 : 6);
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < parts && (requests.isEmpty() || !endsIn(requests)); i++) {
            requests.add(talker.next());
        }
        return requests;
    }

    private static boolean endsIn(List<Request> requests) {
        return requests.get(requests.size() - 1).ends();
    }

    /** In the middle of whatever it is at, and sometimes of a command. */
    private void leave(int client) {
        Talker talker = talkers.get(client);
        List<Request> half =
                random.nextBoolean() ? List.of() : List.of(Request.raw("*2\r\n$3\r\nGET\r\n$5\r\nab", 0, false));
        step(client, random.nextBoolean() ? Step.Kind.RESET : Step.Kind.LEAVE, half);
        talker.phrase().clear();
    }

    /** One or two clients wait for an element, and another one brings it; or they leave, and it must stay. */
    private void wake(int waiting) {
        int other = other(waiting);
        Waits waits = new Waits(random, talkers.get(waiting).words().fresh(wakes++));
        step(waiting, Step.Kind.CALL, waits.before());
        step(other, Step.Kind.CALL, waits.before());
        step(waiting, Step.Kind.BLOCK, waits.wait(random.nextInt(3)));
        if (random.nextInt(4) == 0) {
            step(waiting, random.nextBoolean() ? Step.Kind.RESET : Step.Kind.LEAVE, List.of());
        }
        step(other, Step.Kind.CALL, waits.bring());
        step(waiting, Step.Kind.CALL, List.of());
        step(other, Step.Kind.CALL, waits.after());
    }

    /** One or two clients subscribe, and another one publishes; it may be one of them afterwards. */
    private void publish(int listening) {
        int other = other(listening);
        Messages messages = new Messages(random, talkers.get(listening).words().fresh(wakes++));
        step(other, Step.Kind.CALL, List.of(Request.command("RESET")));
        step(listening, Step.Kind.CALL, messages.join());
        step(other, Step.Kind.CALL, messages.publish());
        step(listening, Step.Kind.CALL, messages.arrivals());
        if (random.nextInt(4) == 0) {
            step(listening, random.nextBoolean() ? Step.Kind.RESET : Step.Kind.LEAVE, List.of());
        } else {
            step(listening, Step.Kind.CALL, messages.leave());
            step(other, Step.Kind.CALL, messages.publish());
        }
    }

    /** One client tracks what it reads, and another one changes that. */
    private void track(int tracking) {
        int other = other(tracking);
        Tracked tracked = new Tracked(random, talkers.get(tracking).words().fresh(wakes++));
        step(other, Step.Kind.CALL, tracked.writerBegins());
        step(tracking, Step.Kind.CALL, tracked.begin());
        step(other, Step.Kind.CALL, tracked.change());
        step(tracking, Step.Kind.CALL, tracked.arrival());
        step(tracking, Step.Kind.CALL, tracked.ownChange());
        if (random.nextInt(4) == 0) {
            step(tracking, random.nextBoolean() ? Step.Kind.RESET : Step.Kind.LEAVE, List.of());
        } else {
            step(tracking, Step.Kind.CALL, tracked.end());
        }
    }

    /** Another client; both have ended what they were at. */
    private int other(int client) {
        int other = (client + 1 + random.nextInt(talkers.size() - 1)) % talkers.size();
        finish(client);
        finish(other);
        return other;
    }

    private void finish(int client) {
        Deque<Request> phrase = talkers.get(client).phrase();
        while (!phrase.isEmpty()) {
            step(client, Step.Kind.CALL, List.of(phrase.removeFirst()));
        }
    }

    private void step(int client, Step.Kind kind, List<Request> requests) {
        steps.add(new Step(client, kind, List.copyOf(requests), random.nextLong()));
    }
}
