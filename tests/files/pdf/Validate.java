import java.io.FileInputStream;
import java.io.InputStream;
import java.util.TreeSet;
import java.util.Set;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Checks each file against PDF/UA-1 with veraPDF: a line each, "pass" or "fail" and the rules broken. */
public final class Validate {
    public static void main(String[] names) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String name : names) {
            System.out.println(name + "\t" + verdict(name));
        }
    }

    private static String verdict(String name) throws Exception {
        try (InputStream file = new FileInputStream(name);
                PDFAParser parser = Foundries.defaultInstance().createParser(file, PDFAFlavour.PDFUA_1);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, false)) {
            ValidationResult result = validator.validate(parser);
            Set<String> broken = new TreeSet<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    broken.add(assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber()
                            + " " + assertion.getMessage());
                }
            }
            return (result.isCompliant() ? "pass" : "fail") + "\t" + String.join("; ", broken);
        }
    }
}
