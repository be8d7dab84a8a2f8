package app.spring;

import app.Place;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.clients.jedis.Jedis;

/** Both of the libraries that Spring Data works with, and a client that somebody made a bean. */
@Configuration
public class Beans {
    @Bean
    public Place place() {
        return new Place(System.getProperty("app.host"), Integer.getInteger("app.port"));
    }

    @Bean
    public LettuceConnectionFactory lettuce(Place place) {
        return new LettuceConnectionFactory(place.host, place.port);
    }

    @Bean
    public JedisConnectionFactory jedis(Place place) {
        return new JedisConnectionFactory(new RedisStandaloneConfiguration(place.host, place.port));
    }

    @Bean
    public StringRedisTemplate overLettuce(LettuceConnectionFactory lettuce) {
        return new StringRedisTemplate(lettuce);
    }

    @Bean
    public StringRedisTemplate overJedis(JedisConnectionFactory jedis) {
        return new StringRedisTemplate(jedis);
    }

    @Bean
    public Jedis plain(Place place) {
        return new Jedis(place.host, place.port);
    }
}
