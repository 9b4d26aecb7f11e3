import com.fasterxml.jackson.databind.ObjectMapper;
import edu.stanford.nlp.pipeline.CoreDocument;
import edu.stanford.nlp.pipeline.StanfordCoreNLP;
import java.io.File;
import java.util.Properties;

/** Times the names of CoreNLP: tokens, sentences, tags, lemmas (which its entities ask for) and its three CRFs. */
public class Names {
  public static void main(String[] args) throws Exception {
    String[] texts = new ObjectMapper().readValue(new File(args[0]), String[].class);
    Properties p = new Properties();
    p.setProperty("annotators", "tokenize,pos,lemma,ner");
    p.setProperty("ner.applyFineGrained", "false");
    p.setProperty("ner.applyNumericClassifiers", "false");
    p.setProperty("ner.useSUTime", "false");
    p.setProperty("ner.statisticalOnly", "true");
    StanfordCoreNLP pipeline = new StanfordCoreNLP(p);
    for (int turn = 0; turn <= Integer.parseInt(args[1]); turn++) {
      long start = System.nanoTime();
      for (String text : texts) {
        pipeline.annotate(new CoreDocument(text));
      }
      if (turn > 0) {
        System.out.println((System.nanoTime() - start) / 1e9);
      }
    }
  }
}
