package io.kubespring.kinds.warnings;

import io.kubespring.kinds.service.IpFamily;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Addresses;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Addresses and blocks in spellings that others may read differently (KEP 4858). */
final class AddressWarnings {

    private static final Pattern ZEROS = Pattern.compile("(^|\\.)0+(?=[0-9])");

    private AddressWarnings() {}

    /** Addresses that are kept from before they were checked, or not spelled as RFC 5952 says. */
    static void ip(Field address, List<String> warnings) {
        String text = address.text();
        if (!Addresses.isReadable(text)) {
            return;
        }
        boolean plain = IpFamily.isAddress(text);
        String canonical =
                plain ? Addresses.canonicalAddress(text) : ZEROS.matcher(text).replaceAll("$1");
        if (!plain || text.contains(":") && !canonical.contains(":")) {
            warnings.add(address.path() + ": non-standard IP address \"" + text + "\" is invalid: use \"" + canonical
                    + "\"");
        } else if (!canonical.equals(text)) {
            warnings.add(address.path() + ": IPv6 address \"" + text + "\" should be in RFC 5952 canonical format (\""
                    + canonical + "\")");
        }
    }

    /** Blocks that are kept from before they were checked, or not spelled as RFC 5952 says. */
    static void cidr(Field block, List<String> warnings) {
        String text = block.text();
        if (!Addresses.isCidr(text)) {
            return;
        }
        String canonical = Addresses.canonical(text);
        int slash = text.indexOf('/');
        byte[] given = IpFamily.parse(text.substring(0, slash));
        byte[] first = IpFamily.parse(canonical.substring(0, canonical.indexOf('/')));
        if (!Arrays.equals(given, first)) {
            warnings.add(block.path() + ": CIDR value \"" + text + "\" is ambiguous in this context (should be \""
                    + canonical + "\" or \"" + text.substring(0, slash) + "/" + given.length * 8 + "\"?)");
        } else if (text.contains(":") && !text.equals(canonical)) {
            warnings.add(block.path() + ": IPv6 CIDR value \"" + text + "\" should be in RFC 5952 canonical format (\""
                    + canonical + "\")");
        }
    }
}
