package app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An application that knows nothing of any proxy. Where its Redis can be looked at from outside it prints a line that begins with #, and
 * goes on when it is given a line. Whatever it has left open at the end stays open.
 */
public final class Main {
    private static final List<Object> UNCLOSED = new ArrayList<>();

    private Main() {}

    /** @param arguments all or refused, host, port, how many to leave unclosed, names of {@link Steps} */
    public static void main(String[] arguments) throws Exception {
        Place place = new Place(arguments[1], Integer.parseInt(arguments[2]));
        int count = Integer.parseInt(arguments[3]);
        List<Steps> all = new ArrayList<>();
        for (int i = 4; i < arguments.length; i++) {
            all.add((Steps) Class.forName(arguments[i]).getDeclaredConstructor().newInstance());
        }
        if (arguments[0].equals("refused")) {
            refused(all, place);
        } else {
            all(all, place, count);
        }
        System.exit(0); // not every library's threads are daemons, and what is unclosed goes on
    }

    private static void all(List<Steps> all, Place place, int count) throws Exception {
        Lines lines = new Lines(System.out);
        for (Steps steps : all) {
            lines.say("unclosed", () -> {
                Object unclosed = steps.unclosed(place, count);
                UNCLOSED.add(unclosed);
                return "held";
            });
        }
        pause("unclosed");
        for (Steps steps : all) {
            steps.all(place, lines);
        }
        pause("end");
    }

    private static void refused(List<Steps> all, Place place) throws Exception {
        for (Steps steps : all) {
            steps.refused(place, new Lines(System.out));
        }
    }

    private static void pause(String where) throws IOException {
        System.out.println("#" + where + " " + Facts.line());
        System.out.flush();
        int answer = System.in.read();
        while (answer != '\n' && answer >= 0) {
            answer = System.in.read();
        }
    }
}
