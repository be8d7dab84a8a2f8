package dev.redoubt.proxy.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProxyUserTest {
    private static final Credentials APP = new Credentials("app", "secret");
    private static final Credentials ADMIN = new Credentials("admin", "hidden");
    private static final Credentials PASSWORD = new Credentials(null, "secret");

    private final ProxyUser user = new ProxyUser(null);

    @Test
    void theUserOfTheConfigurationStaysWhoeverComes() {
        ProxyUser configured = new ProxyUser(APP);

        assertFalse(configured.adopt(ADMIN));
        configured.settle();

        assertEquals(APP, configured.credentials());
        assertTrue(configured.is(APP, true));
        assertTrue(configured.is(new Credentials("app", "an older one"), true));
        assertFalse(configured.is(ADMIN, true));
        assertFalse(configured.isOpen());
    }

    @Test
    void theFirstWhomRedisLetsInIsAdopted() {
        assertTrue(user.adopt(APP));
        assertFalse(user.adopt(ADMIN));

        assertEquals(APP, user.credentials());
        assertTrue(user.is(APP, true));
        assertFalse(user.is(ADMIN, true));
        assertFalse(user.is(null, true), "a stranger is not the user who has logged in");
    }

    @Test
    void theDefaultUserWithAPasswordIsNoStranger() {
        user.adopt(PASSWORD);

        assertTrue(user.is(new Credentials("default", "secret"), false));
        assertFalse(user.is(null, true));
    }

    @Test
    void aNewPasswordOfTheSameUserIsAdopted() {
        Credentials rotated = new Credentials("app", "rotated");
        user.adopt(APP);

        assertFalse(user.adopt(rotated), "the control connection stays as it is");

        assertEquals(rotated, user.credentials());
    }

    @Test
    void strangersWhomRedisServesAreTheUserAndNobodyIsAdoptedThen() {
        assertTrue(user.isOpen());
        user.settle();

        assertFalse(user.adopt(ADMIN));

        assertNull(user.credentials());
        assertTrue(user.is(null, false));
        assertFalse(user.is(ADMIN, false));
        assertFalse(user.isOpen());
    }

    @Test
    void strangersWhomRedisTellsNothingAreNobody() {
        assertFalse(user.is(null, false));
        assertTrue(user.is(null, true));
    }

    @Test
    void whoIsRefusedIsForgottenButNobodyTakesHisPlaceInMemoryUnseen() {
        user.adopt(APP);
        user.forget();

        assertNull(user.credentials());
        assertFalse(user.is(null, true));
        assertFalse(user.is(ADMIN, true));
        assertTrue(user.is(APP, true));

        assertTrue(user.adopt(ADMIN));
        assertTrue(user.is(ADMIN, true));
        assertFalse(user.is(APP, true));
    }
}
