package dev.redoubt.proxy.config;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * The rights of a file as chmod writes them. Immutable.
 *
 * @param bits three octal digits: owner, group, others
 */
record FileMode(int bits) {
    /** From the lowest bit up. */
    private static final PosixFilePermission[] OF_BIT = {
        PosixFilePermission.OTHERS_EXECUTE,
        PosixFilePermission.OTHERS_WRITE,
        PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_EXECUTE,
        PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.GROUP_READ,
        PosixFilePermission.OWNER_EXECUTE,
        PosixFilePermission.OWNER_WRITE,
        PosixFilePermission.OWNER_READ
    };

    static FileMode parse(String text) throws BadValue {
        if (!text.matches("0?[0-7]{3}")) {
            throw new BadValue("is not a mode such as 770");
        }
        return new FileMode(Integer.parseInt(text, 8));
    }

    Set<PosixFilePermission> permissions() {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < OF_BIT.length; bit++) {
            if ((bits >> bit & 1) != 0) {
                permissions.add(OF_BIT[bit]);
            }
        }
        return permissions;
    }

    @Override
    public String toString() {
        return String.format("%03o", bits);
    }
}
