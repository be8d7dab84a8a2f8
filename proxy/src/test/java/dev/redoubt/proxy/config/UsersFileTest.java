package dev.redoubt.proxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsersFileTest {
    /** Of "secret", as {@code ACL LIST} of a Redis shows it. */
    private static final String SECRET = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    @TempDir
    Path directory;

    private UsersFile read(String text) throws BadValue, IOException {
        return UsersFile.read(
                Files.writeString(directory.resolve("users"), text).toString());
    }

    private String problem(String text) {
        return String.valueOf(assertThrows(BadValue.class, () -> read(text)).getMessage());
    }

    @Test
    void passwordsAreTextOrHashes() throws Exception {
        UserList users =
                read("user ann on >pa$$wörd\r\nuser bob on #" + SECRET + "\n").users();

        assertTrue(users.accepts("ann", "pa$$wörd"));
        assertTrue(users.accepts("bob", "secret"));
        assertFalse(users.accepts("ann", "secret"));
        assertFalse(users.accepts("bob", "pa$$wörd"));
        assertFalse(users.accepts("eve", "secret"));
        assertFalse(users.accepts("ann", ""));
        assertEquals(2, users.size());
    }

    @Test
    void twoPasswordsAreRightWhileOneIsRotated() throws Exception {
        UserList users = read("user app on >old >new\n").users();

        assertTrue(users.accepts("app", "old"));
        assertTrue(users.accepts("app", "new"));
        assertFalse(users.accepts("app", "oldnew"));
    }

    @Test
    void whoIsOffExistsAndIsNotLetIn() throws Exception {
        UserList users = read("user app off >secret\n").users();

        assertTrue(users.knows("app"));
        assertFalse(users.admits("app"));
        assertFalse(users.accepts("app", "secret"));
    }

    @Test
    void linesOfAnAclFileForUsersWhoMayDoEverythingAreUnderstood() throws Exception {
        UserList users = read("# made by ACL SAVE\n\n  user app on sanitize-payload #" + SECRET + " ~* &* +@all\n")
                .users();

        assertTrue(users.accepts("app", "secret"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app on >secret                    | line 1 does not begin with: user NAME",
                "user                              | line 1 does not begin with: user NAME",
                "user app >secret                  | line 1 says neither on nor off, or both",
                "user app on off >secret           | line 1 says neither on nor off, or both",
                "user app on                       | line 1 has no password: add #SHA256 or >PASSWORD",
                "user app on nopass                | line 1 has nopass: whoever needs no password can be let in with users.mode pass-through only",
                "user app on >secret ~app:*        | line 1 has a word other than on, off, #SHA256 and >PASSWORD: what a user may do cannot be restricted here, only by Redis",
                "user app on #cafe                 | line 1 has a # without 64 hexadecimal digits behind it",
            })
    void whatIsWrongIsSaid(String line, String expected) {
        assertEquals("cannot be used: " + expected, problem(line + "\n"));
    }

    @Test
    void allThatIsWrongIsSaidAtOnceWithoutAPassword() {
        String problem = problem("user app on hunter2\nuser ann on >a\nuser ann on >b\n");

        assertFalse(problem.contains("hunter2"));
        assertTrue(problem.contains("line 1 has a word other than"), problem);
        assertTrue(problem.endsWith("line 3 names a user for the second time"), problem);
    }

    @Test
    void anEmptyListLetsNobodyIn() {
        assertEquals("cannot be used: names no user", problem("# nobody\n"));
    }

    @Test
    void itIsReadAgainOnlyWhenItHasChanged() throws Exception {
        UsersFile before = read("user app on >old\n");
        assertSame(before, before.again());

        read("user app on >new\n");

        UsersFile now = before.again();
        assertNotSame(before, now);
        assertTrue(now.users().accepts("app", "new"));
        assertFalse(now.users().accepts("app", "old"));
    }

    @Test
    void whatCannotBeReadAgainIsSaid() throws Exception {
        UsersFile before = read("user app on >old\n");
        Files.delete(directory.resolve("users"));

        assertEquals(
                "does not exist",
                assertThrows(UnusableUsers.class, before::again).getMessage());
    }
}
