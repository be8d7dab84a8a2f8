package dev.redoubt.it.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Named figures of the rounds of one case. Confined to the bench's thread. */
final class Rounds {
    private final List<Round> rounds = new ArrayList<>();

    /** The figures of one round. */
    static final class Round {
        private final Map<String, Double> figures = new HashMap<>();

        void put(String figure, double value) {
            figures.put(figure, value);
        }
    }

    void add(Round round) {
        rounds.add(round);
    }

    double median(String figure) {
        return Stats.median(values(figure));
    }

    /** The median of the ratios within each round. */
    double paired(String numerator, String denominator) {
        double[] over = values(numerator);
        double[] under = values(denominator);
        double[] ratios = new double[over.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = over[i] / under[i];
        }
        return Stats.median(ratios);
    }

    /** The median with its quartiles. */
    String cell(String figure) {
        Stats.Spread spread = Stats.spread(values(figure));
        String format = spread.median() < 100 ? "%.2f (%.2f–%.2f)" : "%,.0f (%,.0f–%,.0f)";
        return String.format(Locale.ROOT, format, spread.median(), spread.lower(), spread.upper());
    }

    private double[] values(String figure) {
        return rounds.stream().mapToDouble(round -> round.figures.get(figure)).toArray();
    }
}
