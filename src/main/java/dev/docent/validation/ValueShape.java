package dev.docent.validation;

import java.util.regex.Pattern;

/**
 * A known form of values, such as the prefix of a kind of key.
 *
 * @param is what such a value is, with its article
 * @param belongsIn the variable that it belongs in, perhaps with a remark; empty for none
 * @param address whether it is an address, so never a key
 */
record ValueShape(Pattern pattern, String is, String belongsIn, boolean address) {

    /** Whether such a value belongs in this variable, possibly as a part of it. */
    boolean fits(String variable) {
        return belongsIn.equals(variable) || belongsIn.startsWith(variable + ",");
    }
}
