package dev.redoubt.proxy.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.config.LogLevel;
import dev.redoubt.proxy.log.LevelSwitch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

class LogLevelPageTest {
    private final LevelSwitch level = new LevelSwitch();
    private final LogLevel before = level.level();
    private final LogLevelPage page = new LogLevelPage(level);

    @BeforeEach
    void info() {
        level.set(LogLevel.INFO);
    }

    @AfterEach
    void asItWas() {
        level.set(before);
    }

    @Test
    void saysWhatIsLogged() {
        assertEquals("info\n", page.answer(AdminRequest.get("/log-level")).body());
    }

    @ParameterizedTest
    @EnumSource(LogLevel.class)
    void aPutIsInForceAtOnce(LogLevel wanted) {
        AdminResponse response = put(" " + wanted + "\n", true);

        assertEquals(200, response.status());
        assertEquals(wanted, level.level());
        assertEquals(
                wanted.ordinal() >= LogLevel.DEBUG.ordinal(),
                LoggerFactory.getLogger(LogLevelPageTest.class).isDebugEnabled());
    }

    @Test
    void aWordThatIsNoLevelChangesNothing() {
        AdminResponse response = put("loud", true);

        assertEquals(400, response.status());
        assertEquals("the body must be one of: error, warn, info, debug, trace\n", response.body());
        assertEquals(LogLevel.INFO, level.level());
    }

    @Test
    void whoIsOnAnotherMachineChangesNothing() {
        AdminResponse response = put("trace", false);

        assertEquals(403, response.status());
        assertEquals(LogLevel.INFO, level.level());
    }

    @Test
    void otherMethodsAreRefused() {
        AdminResponse response = page.answer(new AdminRequest("POST", LogLevelPage.PATH, "debug", true));

        assertEquals(405, response.status());
        assertTrue(response.headers().get("Allow").contains("PUT"));
        assertEquals(LogLevel.INFO, level.level());
    }

    private AdminResponse put(String body, boolean isFromHere) {
        return page.answer(new AdminRequest("PUT", LogLevelPage.PATH, body, isFromHere));
    }
}
