"""Dutch terms of CSL: what locales lack, and what APA calls otherwise.

Sources: HAN (specials.han.nl), apa-normen; theapateam.blogspot.com; libguides.ru.nl/apa7, nederlandse-conventies.
"""

from __future__ import annotations

CSL = "http://purl.org/net/xbiblio/csl"

MARK = "\u2060"
"""WORD JOINER, which takes no room: it marks the words of a style that depend on where they come to stand.

An "&" with a mark joins names (and is "en" in running text); "Red." with a mark is a role, which follows the
language of the book. An organisation's own "&" has no mark. Marks are gone when citations have been resolved.
"""

# Terms that pandoc's Dutch locale (of 2017) lacks or leaves in English; a style's own terms go before these.
LOCALE_TERMS = """
<terms xmlns="http://purl.org/net/xbiblio/csl">
  <term name="advance-online-publication">online voorpublicatie</term>
  <term name="appendix"><single>bijlage</single><multiple>bijlagen</multiple></term>
  <term name="article-journal">tijdschriftartikel</term>
  <term name="article-locator"><single>artikel</single><multiple>artikelen</multiple></term>
  <term name="article-locator" form="short"><single>art.</single><multiple>art.</multiple></term>
  <term name="article-magazine">tijdschriftartikel</term>
  <term name="article-newspaper">krantenartikel</term>
  <term name="audio-recording">geluidsopname</term>
  <term name="bill">wetsvoorstel</term>
  <term name="broadcast">uitzending</term>
  <term name="chair"><single>voorzitter</single><multiple>voorzitters</multiple></term>
  <term name="chair" form="verb">voorgezeten door</term>
  <term name="chapter-number"><single>hoofdstuk</single><multiple>hoofdstukken</multiple></term>
  <term name="chapter-number" form="short"><single>hfdst.</single><multiple>hfdst.</multiple></term>
  <term name="circa" form="short">ca.</term>
  <term name="collection-editor"><single>redacteur</single><multiple>redacteuren</multiple></term>
  <term name="collection-editor" form="short"><single>red.</single><multiple>red.</multiple></term>
  <term name="collection-editor" form="verb">onder redactie van</term>
  <term name="column"><single>kolom</single><multiple>kolommen</multiple></term>
  <term name="compiler"><single>samensteller</single><multiple>samenstellers</multiple></term>
  <term name="compiler" form="short"><single>samenst.</single><multiple>samenst.</multiple></term>
  <term name="compiler" form="verb">samengesteld door</term>
  <term name="contributor" form="verb">met</term>
  <term name="curator"><single>curator</single><multiple>curatoren</multiple></term>
  <term name="curator" form="verb">samengesteld door</term>
  <term name="editor-translator">
    <single>redacteur &amp; vertaler</single><multiple>redacteuren &amp; vertalers</multiple>
  </term>
  <term name="editor-translator" form="short">
    <single>red. &amp; vert.</single><multiple>red. &amp; vert.</multiple>
  </term>
  <term name="entry">lemma</term>
  <term name="entry-dictionary">lemma</term>
  <term name="entry-encyclopedia">lemma</term>
  <term name="equation"><single>vergelijking</single><multiple>vergelijkingen</multiple></term>
  <term name="event">evenement</term>
  <term name="executive-producer">
    <single>uitvoerend producent</single><multiple>uitvoerend producenten</multiple>
  </term>
  <term name="graphic">afbeelding</term>
  <term name="guest"><single>gast</single><multiple>gasten</multiple></term>
  <term name="guest" form="verb">met als gast</term>
  <term name="hearing">hoorzitting</term>
  <term name="host"><single>presentator</single><multiple>presentatoren</multiple></term>
  <term name="host" form="verb">gepresenteerd door</term>
  <term name="legal_case">uitspraak</term>
  <term name="legislation">wetgeving</term>
  <term name="map">kaart</term>
  <term name="motion_picture">video</term>
  <term name="musical_score">bladmuziek</term>
  <term name="narrator"><single>verteller</single><multiple>vertellers</multiple></term>
  <term name="narrator" form="short"><single>verteller</single><multiple>vertellers</multiple></term>
  <term name="narrator" form="verb">verteld door</term>
  <term name="no-place">zonder plaats</term>
  <term name="no-place" form="short">z.p.</term>
  <term name="no-publisher">zonder uitgever</term>
  <term name="no-publisher" form="short">z.u.</term>
  <term name="number"><single>nummer</single><multiple>nummers</multiple></term>
  <term name="number" form="short"><single>nr.</single><multiple>nr.</multiple></term>
  <term name="on">op</term>
  <term name="organizer"><single>organisator</single><multiple>organisatoren</multiple></term>
  <term name="organizer" form="verb">georganiseerd door</term>
  <term name="original-work-published">oorspronkelijk werk gepubliceerd</term>
  <term name="page-range-delimiter">–</term>
  <term name="pamphlet">brochure</term>
  <term name="paper-conference">conferentiebijdrage</term>
  <term name="paragraph" form="symbol"><single>§</single><multiple>§§</multiple></term>
  <term name="patent">octrooi</term>
  <term name="performance">uitvoering</term>
  <term name="performer" form="verb">uitgevoerd door</term>
  <term name="periodical">periodiek</term>
  <term name="podcast-episode">podcastaflevering</term>
  <term name="post">bericht</term>
  <term name="post-weblog">blogbericht</term>
  <term name="producer"><single>producent</single><multiple>producenten</multiple></term>
  <term name="producer" form="verb">geproduceerd door</term>
  <term name="radio-broadcast">radio-uitzending</term>
  <term name="radio-series">radioserie</term>
  <term name="radio-series-episode">aflevering van een radioserie</term>
  <term name="recipient" form="verb">aan</term>
  <term name="regulation">regelgeving</term>
  <term name="report">rapport</term>
  <term name="review">recensie</term>
  <term name="review" form="verb">recensie van</term>
  <term name="review-book">boekrecensie</term>
  <term name="review-book" form="verb">recensie van</term>
  <term name="review-of">recensie van</term>
  <term name="review-of" form="short">recensie van</term>
  <term name="script-writer"><single>scenarist</single><multiple>scenaristen</multiple></term>
  <term name="script-writer" form="verb">geschreven door</term>
  <term name="series-creator"><single>bedenker</single><multiple>bedenkers</multiple></term>
  <term name="series-creator" form="verb">bedacht door</term>
  <term name="song">geluidsopname</term>
  <term name="special-issue">themanummer</term>
  <term name="speech">lezing</term>
  <term name="standard">norm</term>
  <term name="supplement" form="short"><single>suppl.</single><multiple>suppl.</multiple></term>
  <term name="table"><single>tabel</single><multiple>tabellen</multiple></term>
  <term name="television-broadcast">tv-uitzending</term>
  <term name="television-series">tv-serie</term>
  <term name="television-series-episode">aflevering van een tv-serie</term>
  <term name="treaty">verdrag</term>
  <term name="webpage">webpagina</term>
</terms>
"""

# Terms of APA in Dutch; these go before those of the style. HAN, apa-normen: "2e druk", (Red.) for one editor
# and (Reds.) for more; theapateam.blogspot.com: double quotation marks.
APA_TERMS = f"""
<terms xmlns="http://purl.org/net/xbiblio/csl">
  <term name="open-quote">“</term>
  <term name="close-quote">”</term>
  <term name="open-inner-quote">‘</term>
  <term name="close-inner-quote">’</term>
  <term name="edition" form="short"><single>druk</single><multiple>druk</multiple></term>
  <term name="editor" form="short"><single>red.{MARK}</single><multiple>reds.{MARK}</multiple></term>
  <term name="editorial-director" form="short">
    <single>red.{MARK}</single><multiple>reds.{MARK}</multiple>
  </term>
  <term name="collection-editor" form="short">
    <single>red.{MARK}</single><multiple>reds.{MARK}</multiple>
  </term>
  <term name="narrator" form="short"><single>verteller</single><multiple>vertellers</multiple></term>
  <term name="post">onlinebericht</term>
  <term name="review-of">recensie van het</term>
</terms>
"""
