package dev.docent.budget;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names for readers that nobody can turn back into their addresses: hashes under a key that is made
 * at random, and thrown away after a day. Not thread-safe.
 *
 * <p>Hugging Face's proxy appends the address that it sees to {@code X-Forwarded-For}; what stands
 * before it may be invented. An IPv6 subscriber has a /64 at least.
 */
final class ReaderKeys {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int HASH_BYTES = 16;

    private final BudgetSettings settings;
    private Mac mac = newMac();

    ReaderKeys(BudgetSettings settings) {
        this.settings = settings;
    }

    /** Forgets the key, so that the same reader gets another name. */
    void forget() {
        mac = newMac();
    }

    /**
     * A reader's name; empty where the address may be that of a proxy which many share.
     *
     * @param peer the address at the other end of the connection
     * @param forwarded the values of {@code X-Forwarded-For}
     */
    Optional<String> of(String peer, List<String> forwarded) {
        boolean trusted =
                switch (settings.trustProxy()) {
                    case AUTO -> settings.behindSpace();
                    case YES -> true;
                    case NO -> false;
                };
        String last = last(forwarded);
        if (trusted && !last.isEmpty()) {
            return Optional.of(hash(address(last)));
        }
        Optional<InetAddress> address = address(peer);
        boolean maybeProxy =
                settings.trustProxy() == BudgetSettings.TrustProxy.AUTO
                        && address.filter(ReaderKeys::isPublic).isEmpty();
        return maybeProxy || trusted ? Optional.empty() : Optional.of(hash(address));
    }

    private static String last(List<String> forwarded) {
        if (forwarded.isEmpty()) {
            return "";
        }
        String all = forwarded.getLast();
        return all.substring(all.lastIndexOf(',') + 1).strip();
    }

    /** An address without its port; empty for what is none, without asking a name server. */
    private static Optional<InetAddress> address(String text) {
        String bare = text.strip();
        if (bare.startsWith("[") && bare.indexOf(']') > 0) {
            bare = bare.substring(1, bare.indexOf(']'));
        } else if (bare.indexOf(':') >= 0 && bare.indexOf(':') == bare.lastIndexOf(':')) {
            bare = bare.substring(0, bare.indexOf(':'));
        }
        int zone = bare.indexOf('%');
        try {
            return Optional.of(InetAddress.ofLiteral(zone < 0 ? bare : bare.substring(0, zone)));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // all that cannot be read count as one reader
        }
    }

    /** Whether this is an address of this machine or of a private network. */
    static boolean isPrivate(String peer) {
        return address(peer).filter(address -> !isPublic(address)).isPresent();
    }

    private static boolean isPublic(InetAddress address) {
        boolean uniqueLocal =
                address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
        return !address.isLoopbackAddress()
                && !address.isSiteLocalAddress()
                && !address.isLinkLocalAddress()
                && !address.isAnyLocalAddress()
                && !uniqueLocal;
    }

    private String hash(Optional<InetAddress> address) {
        byte[] bytes = address.map(InetAddress::getAddress).orElse(new byte[0]);
        byte[] network = bytes.length == 16 ? Arrays.copyOf(bytes, 8) : bytes;
        return HexFormat.of().formatHex(mac.doFinal(network), 0, HASH_BYTES);
    }

    private static Mac newMac() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
