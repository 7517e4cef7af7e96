"""The words that typists use for people, header lines and sounds, in the languages met most.

Keys are as :func:`qualcode.importing.labels.key_of` makes them: case-folded, without numbers and punctuation.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in text.split())


INTERVIEWER = _words(
    """
    interviewer interviewers int intv intvr intvwr intr ivr ivwr interv intrvwr interviewr moderator mod modr
    facilitator fac facil researcher rsr co-interviewer co-researcher co-facilitator co-moderator host co-host
    questioner question evaluator investigator reporter journalist enumerator assessor
    interviewerin interviewende interviewender moderatorin forscher forscherin fragesteller fragestellerin frage
    intervieweur intervieweuse enquêteur enquêtrice enqueteur enquetrice animateur animatrice chercheur chercheuse
    entrevistador entrevistadora moderadora moderador investigador investigadora pesquisador pesquisadora pregunta
    pergunta intervistatore intervistatrice moderatore moderatrice ricercatore ricercatrice domanda
    onderzoeker vraag ankieter badacz badaczka prowadzący prowadząca moderatorka pytanie cyfwelydd holwr ymchwilydd
    intervjuare intervjuer intervjuperson_leder haastattelija tutkija forsker forskare spørger spørsmål
    מראיין מראיינת المحاور المحاورة الباحث الباحثة المقابل 面接者 インタビュアー 聞き手 質問者 采访者 访谈者 訪談者
    采訪者 主持人 问 問
    интервьюер модератор исследователь вопрос görüşmeci araştırmacı
    """
)

PARTICIPANT = _words(
    """
    participant participants respondent respondents interviewee interviewees resp respt ptcp ptpt part ppt informant
    inf subject answer
    befragte befragter interviewte interviewter teilnehmer teilnehmerin teilnehmende probandin proband antwort
    participante enquêté enquêtée enquete interviewé interviewée répondant répondante réponse
    entrevistado entrevistada respuesta resposta informante
    intervistato intervistata partecipante risposta geïnterviewde deelnemer antwoord
    badany badana respondentka rozmówca rozmówczyni uczestnik uczestniczka odpowiedź cyfwelai cyfranogwr
    informantin deltagare deltager haastateltava osallistuja intervjuad svar
    מרואיין מרואיינת המרואיין المشارك المشاركة المبحوث 回答者 受访者 受訪者 被访者 答 参加者 対象者
    респондент информант ответ участник katılımcı görüşülen
    """
)

SPOKEN_TO = _words(
    """
    client patient carer student teacher parent mother father guest witness volunteer staff manager worker practitioner
    social_worker young_person schülerin schüler lehrerin lehrer studentin
    """
)
"""People whom interviewers speak to. They may be the interviewers themselves, when they ask as those do."""

PARTICIPANT |= SPOKEN_TO

OFFICES = _words(
    """
    nurse matron midwife doctor gp consultant therapist counsellor psychologist pharmacist paramedic clinician surgeon
    physio carer worker officer coordinator co-ordinator director deputy head headteacher headmaster principal lead
    leader chief chair chairman chairwoman chairperson secretary treasurer trustee governor councillor commissioner
    mentor coach tutor trainer lecturer professor pupil learner apprentice trainee graduate assistant administrator
    receptionist supervisor owner farmer driver resident tenant neighbour user member husband wife partner son daughter
    brother sister mum dad mam gran grandma grandad grandfather grandmother uncle aunt friend girl boy lady gentleman
    applicant claimant survivor advocate employee employer colleague
    """
)
"""What somebody is: words of a label that say nothing of who asks and who answers."""

UTTERANCES = _words(
    "question frage pregunta pergunta domanda vraag pytanie answer antwort respuesta resposta risposta part"
)
"""Words that are labels of a role only when they stand alone."""

QUALIFIERS = _words(
    """
    first second third lead main co assistant senior junior male female adult child young older man woman boy girl 1st
    2nd 3rd unidentified unknown other new m f
    """
)
"""Words that go with a role: ``second interviewer``, ``female participant 2``."""

NOBODY = _words(
    """
    all several both group everyone everybody many_voices multiple_speakers multiple unknown unknown_speaker
    unidentified unidentified_speaker unidentified_voice voice male_voice female_voice male female man woman child
    crowd audience speaker_unknown inaudible crosstalk other others transcriber transcriptionist interpreter translator
    alle mehrere unbekannt tous plusieurs inconnu todos desconocido narrator speaker
    """
)
"""Voices that are somebody, but not anybody in particular: real speakers whose role stays unknown."""

ANSWERING = {"i": "prsabtek", "q": "apr", "m": "pr", "f": "apr", "r": "p", "e": "pr"}
"""The interviewer's single letter, and the letters of those who answer: I against R, Q against A, R against P."""

PAIRS = {("ir", "ie"): "ir", ("iv", "ie"): "iv", ("iv", "ip"): "iv", ("in", "re"): "in", ("iv", "b"): "iv"}
"""Two-letter labels that mean something only as a pair; the value is the interviewer's."""

NO_LABEL = _words(
    """
    note notes nb ps example examples for_example question_mark yes no yeah yep nope okay ok right exactly sure so and
    but because then now well oh ah um uh er mm mmm hmm mhm mm-hmm uh-huh hi hello hey thanks thank_you bye goodbye
    please sorry also first second third firstly secondly thirdly finally lastly next one two three four five another
    basically actually anyway problem problems issue point points thing things reason reasons result results summary
    conclusion background introduction context theme topic section part chapter appendix figure table source sources
    warning important remember comment comments task instruction instructions prompt probe probes follow-up followup
    update edit disclaimer key legend quote e.g i.e eg re fyi tel phone email e-mail website web url http https www ja
    nein genau also gut danke hallo oui non merci bonjour sí si bueno gracias hola tak nie the a an this that it he
    she they we you my your his her their our what when where why how who which there here if i'm it's that's
    absolutely monday tuesday wednesday thursday friday saturday sunday january february march july september october
    november december montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi
    samedi dimanche morning afternoon evening night today yesterday tomorrow day week month year stage step item scene
    chapter line page tape side minute session lesson exercise example level phase goal aim objective finding idea
    option version verse stanza extract excerpt fragment box chart map photo picture image video clip slide great good
    perfect fine cool true correct awesome alright all_right of_course definitely laughter laughs pause
    gestern heute morgen danach dann zuerst zuletzt doch erstens zweitens drittens beispiel problem ergebnis grund
    stichwort fazit wichtig kurz naja na_ja eigentlich hier aujourd'hui demain ensuite puis alors bref enfin voilà
    exemple problème résultat premièrement deuxièmement d'abord ayer hoy mañana luego después entonces primero ejemplo
    resultado allora poi ieri oggi esempio insomma gisteren vandaag morgen daarna dus voorbeeld wczoraj dzisiaj potem
    więc przykład ddoe heddiw wedyn felly fieldnote field_note field_notes memo observation observations reflection
    reflections transcriber's_note researcher's_note interviewer's_note author's_note postscript p.s
    """
)
"""Words that open a sentence, a note or a list before a colon and are nobody's name."""

NAMES_TOO = _words("april may june august")
"""Words that may be somebody's name: labels only if they recur."""

FIRST_NAMES_TOO = _words("will may")
"""Words of a clause that are first names before a family name."""

SENTENCE_WORDS = _words(
    """
    at on in to for with from as into about by off up out over no yes i you he she it we they me him us them is are
    was were be been am do does did have has had say says said saying asked think thought know knew feel felt mean
    means went go goes got get was said_like like that this these those because if when then than so but or not would
    could should will can may might must there here what why how which who whose where it's that's i'm he's she's
    dear they're we're don't didn't wasn't isn't ich du er sie es wir ihr ist war sind haben hat nicht dass und oder
    aber je tu il elle nous vous ils est sont que qui et mais yo él ella nosotros es son pero porque
    """
)
"""Words that only a clause has: with one of these, a phrase is no label."""

PARTICLES = _words("de del della der den van von zu zum la le du da di of the and und et y e ap ab bin ibn al el mc st")

EVENT = re.compile(
    r"laugh|inaudible|unclear|pause|crosstalk|cross.talk|overlap|silence|cough|sigh|music|applause|noise|indistinct|"
    r"unintelligible|(?<!by )(?<!via )(?<!on )phone|rings|redact|cries|crying|sobb|background|whisper|interrupt|"
    r"chuckle|gasp|sniff|clap|"
    r"recording|tape|break|knock|door|nods|shakes|gesture|smil|foreign|name removed|anonymi|lacht|lachen|rires|risas|"
    r"unverständlich|pausa|inaudível|śmiech|bleep|beep|sic\b|\.\.\.|…|\?\?",
    re.I,
)
"""What stands in brackets in a transcript and is a sound or a remark, not a person."""

HEADER_KEYS: dict[str, str] = {
    key: field
    for field, keys in {
        "date": """date interview_date date_of_interview date_recorded recording_date date_of_recording recorded
            recorded_on interviewed_on datum datum_des_interviews fecha data dyddiad dato""",
        "time": "time start_time time_of_interview start interview_time uhrzeit heure hora zeit end_time end amser",
        "duration": """duration file_length file_duration audio_duration media_length media_duration
            run_time length length_of_interview interview_length recording_length length_of_recording
            total_time running_time interview_duration duration_of_interview audio_length dauer durée duración durata
            duração hyd""",
        "interviewer": """interviewer interviewers interviewed_by interviewer_name name_of_interviewer moderator
            facilitator researcher researchers host hosts interviewer(s) conducted_by interviewer_initials interviewerin
            enquêteur enquêtrice entrevistador entrevistadora intervistatore interviewer/in cyfwelydd intervieweur""",
        "participant": """participant participants participant(s) interviewee interviewees interviewee(s) respondent
            respondents respondent(s) participant_id participant_number participant_no participant_code respondent_id
            interviewee_id respondent_code interviewee_name name_of_interviewee name_of_participant participant_name
            name_of_respondent pseudonym informant subject_id guest guests befragte befragter befragte_person
            interviewpartner teilnehmer participante entrevistado entrevistada enquêté intervistato id_number""",
        "speakers": "speakers speaker present attendees in_attendance",
        "wave": "wave round phase wave_number interview_wave welle runde vague oleada timepoint time_point",
        "mode": "mode medium mode_of_interview interview_mode format conducted_via conducted_by_means method platform",
        "location": """location place venue site setting place_of_interview interview_location location_of_interview
            ort lieu lugar luogo miejsce lleoliad where""",
        "title": "title subject project study interview_title titel titre título titolo teitl",
        "other": """id interview interview_id interview_number interview_no interview_code file file_name filename audio
            audio_file recording transcriber transcribed_by transcription transcript transcript_id transcription_date
            date_of_transcription transcribed typist reference ref language gender sex age role job_title occupation
            position organisation organization school area region country consent version status ethnicity
            condition group cohort code case case_id number no name_of_file topic notes verbatim anonymised sprache
            alter geschlecht beruf transkription projekt project_name study_name study_title pages page_count
            word_count subtitle draft categories checked_by reviewed_by type type_of_interview interview_type""",
    }.items()
    for key in (k.replace("_", " ") for k in keys.split())
}
"""What a header line's key says, as a field of InterviewFacts ("other" for the rest)."""

SPEAKER_KEYS = frozenset(k for k, field in HEADER_KEYS.items() if field in ("interviewer", "participant"))
"""Header keys that are speaker labels as well: ``Interviewer: Jane Smith`` may be either."""
