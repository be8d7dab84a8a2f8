package app.jedis;

import app.CommonSteps;
import app.Lines;
import app.Place;
import app.Steps;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;

/** Jedis from 4 on, where one object is a pool. */
public final class UnifiedSteps implements Steps {
    private static final int SHARE = 20;

    /** A twentieth of them: most applications with many have the older kind. */
    @Override
    public Object unclosed(Place place, int count) {
        List<UnifiedJedis> all = new ArrayList<>();
        for (int i = 0; i < count / SHARE; i++) {
            UnifiedJedis jedis = Unified.open(place);
            all.add(jedis);
            jedis.set("unclosed:unified", "value " + i);
        }
        return all;
    }

    @Override
    public void all(Place place, Lines lines) throws Exception {
        try (UnifiedJedis jedis = Unified.open(place)) {
            new CommonSteps("unified", place, lines, anywhere -> new UnifiedClient(jedis)).run();
        }
        Unified.shapes(place, lines);
    }

    @Override
    public void refused(Place place, Lines lines) {
        new CommonSteps("unified", place, lines, nowhere -> new UnifiedClient(Unified.open(nowhere))).refused();
    }
}
