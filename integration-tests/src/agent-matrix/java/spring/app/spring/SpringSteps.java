package app.spring;

import app.CommonSteps;
import app.Lines;
import app.Place;
import app.Steps;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.clients.jedis.Jedis;

/** Spring Data Redis, over Lettuce and over Jedis. */
public final class SpringSteps implements Steps {
    /** Whole contexts that nobody closes: a connection by Lettuce and one by Jedis each. */
    @Override
    public Object unclosed(Place place, int count) {
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            AnnotationConfigApplicationContext context = context(place);
            all.add(context);
            context.getBean("overLettuce", StringRedisTemplate.class)
                    .opsForValue()
                    .set("unclosed", "value " + i);
            context.getBean("overJedis", StringRedisTemplate.class)
                    .opsForValue()
                    .set("unclosed", "value " + i);
        }
        return all;
    }

    @Override
    public void all(Place place, Lines lines) throws Exception {
        try (AnnotationConfigApplicationContext context = context(place)) {
            for (String name : new String[] {"overLettuce", "overJedis"}) {
                StringRedisTemplate template = context.getBean(name, StringRedisTemplate.class);
                new CommonSteps(name, place, lines, anywhere -> new TemplateClient(template)).run();
            }
            lines.say("spring: a client as a bean", () -> {
                Jedis jedis = context.getBean(Jedis.class);
                return jedis.set("spring:bean", "value") + jedis.get("spring:bean");
            });
        }
    }

    @Override
    public void refused(Place place, Lines lines) {
        try (AnnotationConfigApplicationContext context = context(place)) {
            for (String name : new String[] {"overLettuce", "overJedis"}) {
                StringRedisTemplate template = context.getBean(name, StringRedisTemplate.class);
                new CommonSteps(name, place, lines, nowhere -> new TemplateClient(template)).refused();
            }
        }
    }

    private static AnnotationConfigApplicationContext context(Place place) {
        System.setProperty("app.host", place.host);
        System.setProperty("app.port", Integer.toString(place.port));
        return new AnnotationConfigApplicationContext(Beans.class);
    }
}
