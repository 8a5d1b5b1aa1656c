package dev.docent.validation;

import java.util.regex.Pattern;

/**
 * A look by which a value shows where it comes from.
 *
 * @param is what it is, with its article
 * @param belongsIn the variable it belongs in, perhaps with a remark; empty where it belongs in
 *     none
 * @param address whether it is an address, so never a key
 */
record ValueShape(Pattern pattern, String is, String belongsIn, boolean address) {

    /** Whether it belongs in this variable, possibly as a part of its value. */
    boolean fits(String variable) {
        return belongsIn.equals(variable) || belongsIn.startsWith(variable + ",");
    }
}
