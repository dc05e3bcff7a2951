#include "tests/ui/gallery/library_scenes.h"

#include "tests/ui/gallery/sample_chats.h"
#include "ui/library/card_part.h"
#include "ui/library/downloads_part.h"
#include "ui/library/folders_part.h"
#include "ui/library/library_page.h"
#include "ui/library/offers_part.h"

#include <QLineEdit>
#include <QScrollBar>

namespace ponder::ui {

namespace {

const QString kMixture = "/home/ada/.lmstudio/models/Qwen/Qwen3-30B-A3B-GGUF/Qwen3-30B-A3B-Q4_K_M.gguf";
const QString kLarge = "/data/models/DeepSeek-R1-Q2_K-00001-of-00015.gguf";

std::vector<LibraryRow> rows() {
    return {
        {.path = "/usr/share/ponder/starter.gguf",
         .name = "Ponder Starter",
         .line = "deepseek2 · 4.1 million · Q8_0 · 4.6 MB"},
        {.path = kMixture,
         .name = "Qwen3 30B A3B",
         .line = "qwen3moe · 31 billion · Q4_K · 18.6 GB",
         .where = "LM Studio",
         .state = LibraryState::InMemory},
        {.path = "/data/models/Qwen3-4B-Q4_K_M.gguf",
         .name = "Qwen3 4B",
         .line = "qwen3 · 4.0 billion · Q4_K · 2.5 GB"},
        {.path = kLarge, .name = "DeepSeek R1", .line = "deepseek2 · 671 billion · Q2_K · 244 GB"},
        {.path = "/data/models/gpt-oss-20b-mxfp4.gguf",
         .name = "gpt-oss 20B",
         .line = "gpt-oss · 21 billion · MXFP4 · 12.1 GB"},
        {.path = "/data/models/gemma-3-12b.gguf",
         .name = "gemma-3-12b",
         .line = {},
         .state = LibraryState::Unfinished,
         .problem = said("Still being written: 1.2 GB of 7.3 GB", "Wird noch geschrieben: 1,2 GB von 7,3 GB",
                         "仍在写入：1.2 GB / 7.3 GB", "ما زال يُكتب: 1.2 من 7.3 غيغابايت")},
        {.path = "/data/models/mamba-2.8b.gguf",
         .name = "mamba-2.8b",
         .line = {},
         .state = LibraryState::CannotRun,
         .problem = said("Models of the family “mamba” cannot run yet.",
                         "Modelle der Familie „mamba“ laufen noch nicht.", "还不能运行“mamba”系列的模型。",
                         "لا يمكن تشغيل نماذج عائلة «mamba» بعد.")},
    };
}

LibraryCard card() {
    return {.path = kMixture,
            .name = "Qwen3 30B A3B",
            .line = "qwen3moe · 31 billion · Q4_K · 18.6 GB",
            .state = LibraryState::InMemory,
            .paths = {kMixture, "/home/ada/.cache/huggingface/hub/models--Qwen--Qwen3-30B-A3B-GGUF/snapshots/"
                                "4f5a1b/Qwen3-30B-A3B-Q4_K_M.gguf"},
            .facts = {{"Family", "qwen3moe"},
                      {"Parameters", "30.5 billion, 3.3 billion of them at a time"},
                      {"Experts", "128, 8 at a time"},
                      {"Trained context", "40,960 tokens"},
                      {"Vocabulary", "151,936 tokens, BPE (qwen2)"},
                      {"Thoughts", "<think> … </think>, can be switched off"},
                      {"Licence", "Apache 2.0"},
                      {"Origin", "huggingface.co/Qwen/Qwen3-30B-A3B"}},
            .types = {{"Q4_K", 0.736, "241 tensors, 13.7 GB"},
                      {"Q6_K", 0.256, "49 tensors, 4.8 GB"},
                      {"F32", 0.008, "289 tensors, 0.1 GB"}},
            .sampling = {{"Temperature", "0.6"}, {"Top P", "0.95"}, {"Top K", "20"}},
            .tokens = {{"Start", "none"},
                       {"End of answer", "<|im_end|> (151645)"},
                       {"Padding", "<|endoftext|> (151643)"}},
            .templateOrigin = "The template is the file's own, 4,116 characters.",
            .templateText = "{%- if tools %}…",
            .isCurrent = true};
}

PlanView plan() {
    PlanView plan;
    plan.headline = said("Fits. About 11 tokens a second", "Passt. Etwa 11 Token pro Sekunde",
                         "装得下，约每秒 11 个词元", "يتّسع، نحو 11 رمزًا في الثانية");
    plan.explanation = said(
        "Automatic: 24,576 tokens of context, a quarter of the free memory; all experts fit into memory.",
        "Automatisch: 24.576 Token Kontext, ein Viertel des freien Speichers; alle Experten passen hinein.",
        "自动：24,576 个词元的上下文，占空闲内存的四分之一；全部专家都能放入内存。",
        "تلقائيًا: سياق من 24,576 رمزًا، ربع الذاكرة الحرة؛ تتسع الذاكرة لجميع الخبراء.");
    plan.devices = {{.name = said("Memory", "Arbeitsspeicher", "内存", "الذاكرة"),
                     .totalBytes = 33'500'000'000,
                     .pieces = {{PlanUse::Others, 6'100'000'000},
                                {PlanUse::Weights, 1'300'000'000},
                                {PlanUse::Experts, 17'300'000'000},
                                {PlanUse::Cache, 2'400'000'000},
                                {PlanUse::Scratch, 310'000'000}},
                     .words = "27.4 / 33.5 GB"}};
    plan.contextTokens = 24576;
    plan.mostContextTokens = 40960;
    plan.cacheType = "f16";
    plan.hasExperts = true;
    plan.expertsPercent = 100;
    plan.measured = said("Predicted 21.3 GB and 11.2 tokens a second; measured here: 21.1 GB and 10.8.",
                         "Vorhergesagt 21,3 GB und 11,2 Token pro Sekunde; hier gemessen: 21,1 GB und 10,8.",
                         "预计 21.3 GB、每秒 11.2 个词元；在此实测 21.1 GB、10.8。",
                         "المتوقع 21.3 غيغابايت و11.2 رمزًا في الثانية؛ المقاس هنا: 21.1 و10.8.");
    plan.bandwidths = said("This computer reads memory at 38 GB/s, this disk at 2.9 GB/s.",
                           "Dieser Rechner liest den Arbeitsspeicher mit 38 GB/s, diese Platte mit 2,9 GB/s.",
                           "本机内存读取 38 GB/s，此磁盘 2.9 GB/s。",
                           "يقرأ هذا الحاسوب الذاكرة بسرعة 38 غ.ب/ث وهذا القرص بسرعة 2.9.");
    return plan;
}

PlanView tooLarge() {
    PlanView view = plan();
    view.fits = false;
    view.headline = said("Does not fit: needs 39.8 GB of memory, 27.4 GB are free",
                         "Passt nicht: braucht 39,8 GB, 27,4 GB sind frei",
                         "装不下：需要 39.8 GB，空闲 27.4 GB", "لا يتّسع: يحتاج 39.8 غيغابايت والمتاح 27.4");
    view.explanation = said("The weights that every token needs take 17.9 GB, the context 21.6 GB.",
                            "Die Gewichte, die jedes Token braucht, belegen 17,9 GB, der Kontext 21,6 GB.",
                            "每个词元都需要的权重占 17.9 GB，上下文占 21.6 GB。",
                            "تشغل الأوزان اللازمة لكل رمز 17.9 غيغابايت والسياق 21.6.");
    view.suggestion = said("Use a context of 12,288 tokens", "Kontext von 12.288 Token verwenden",
                           "使用 12,288 个词元的上下文", "استخدام سياق من 12,288 رمزًا");
    view.devices = {{.name = view.devices[0].name,
                     .totalBytes = 33'500'000'000,
                     .pieces = {{PlanUse::Others, 6'100'000'000},
                                {PlanUse::Weights, 17'900'000'000},
                                {PlanUse::Cache, 21'600'000'000},
                                {PlanUse::Scratch, 310'000'000}},
                     .fits = false,
                     .words = "45.9 / 33.5 GB"},
                    {.name = said("Disk", "Platte", "磁盘", "القرص"),
                     .totalBytes = 244'000'000'000,
                     .pieces = {{PlanUse::Experts, 226'000'000'000}},
                     .words = "226 GB"}};
    view.choice.contextTokens = 98304;
    view.contextTokens = 98304;
    view.mostContextTokens = 163840;
    view.expertsPercent = 0;
    view.measured.clear();
    return view;
}

LibraryPage& openLibrary(Stage& stage, LibraryTab tab) {
    openChat(stage, attentionChat());
    stage.window().openLibrary(tab);
    LibraryPage& page = stage.window().library();
    page.setRows(rows());
    page.folders().setFolders(
        {{.path = "/home/ada/.local/share/ponder/models", .source = "Ponder", .note = "2"},
         {.path = "/data/models", .source = {}, .canBeTakenOff = true, .note = "5"},
         {.path = "/media/ada/stick/models",
          .source = {},
          .isThere = false,
          .canBeTakenOff = true,
          .note = said("not there", "nicht da", "不存在", "غير موجود")},
         {.path = "/home/ada/.cache/huggingface/hub", .source = "Hugging Face", .note = "3"},
         {.path = "/home/ada/.lmstudio/models", .source = "LM Studio", .note = "1"},
         {.path = "/usr/share/ollama/.ollama/models",
          .source = "Ollama",
          .isThere = false,
          .note = said("not there", "nicht da", "不存在", "غير موجود")}});
    return page;
}

void libraryFolders(Stage& stage) {
    openLibrary(stage, LibraryTab::Here);
}

void libraryCard(Stage& stage) {
    LibraryPage& page = openLibrary(stage, LibraryTab::Here);
    page.choose(kMixture);
    page.card().setCard(card());
    page.card().setPlan(plan());
    page.card().setHash({.state = HashState::Known,
                         .digest = "9f43c5c3f1dd1b9f2a8ddc6a2f7f6e7ac0d0f1b7e4a9a0b3c2d1e0f9a8b7c6d5",
                         .verdict = HashVerdict::Same,
                         .with = "the name Hugging Face gave it"});
    stage.settle();
}

void libraryCardBelow(Stage& stage) {
    libraryCard(stage);
    CardPart& part = stage.window().library().card();
    part.setPrompt({.tokens = 1204,
                    .stretches = {{"<|im_start|>user\n", true},
                                  {attentionPrompt(), false},
                                  {"<|im_end|>\n<|im_start|>assistant\n<think>\n", true}}});
    stage.settle();
    part.verticalScrollBar()->setValue(part.verticalScrollBar()->maximum());
}

void libraryTooLarge(Stage& stage) {
    libraryCard(stage);
    LibraryPage& page = stage.window().library();
    LibraryCard large = card();
    large.path = kLarge;
    large.name = "DeepSeek R1";
    large.line = "deepseek2 · 671 billion · Q2_K · 244 GB";
    large.isCurrent = false;
    page.choose(kLarge);
    page.card().setCard(large);
    page.card().setPlan(tooLarge());
}

void libraryCannotRun(Stage& stage) {
    LibraryPage& page = openLibrary(stage, LibraryTab::Here);
    const LibraryRow row = rows().back();
    page.choose(row.path);
    page.card().setCard({.path = row.path,
                         .name = row.name,
                         .line = "1.6 GB",
                         .state = row.state,
                         .problem = row.problem,
                         .paths = {row.path}});
}

void libraryEmpty(Stage& stage) {
    LibraryPage& page = openLibrary(stage, LibraryTab::Here);
    page.setRows({});
    page.folders().setFolders(
        {{.path = "/home/ada/.local/share/ponder/models", .source = "Ponder", .note = "0"}});
}

std::vector<OfferRow> offers() {
    return {
        {.id = "qwen3-4b",
         .name = "Qwen3 4B",
         .publisher = "Qwen",
         .line = "Q4_K_M · 2.5 GB · Apache 2.0",
         .words = said("A good first model: thinks well, quick on any computer.",
                       "Ein guter Anfang: denkt gut, auf jedem Rechner schnell.",
                       "很好的入门模型：思考出色，速度快。", "نموذج أول جيد: يفكر جيدًا وسريع على أي حاسوب."),
         .needs = said("Needs 4 GB of memory", "Braucht 4 GB Speicher", "需要 4 GB 内存", "يحتاج 4 غيغابايت"),
         .isHere = true},
        {.id = "qwen3-30b-a3b",
         .name = "Qwen3 30B A3B",
         .publisher = "Qwen",
         .line = "Q4_K_M · 18.6 GB · Apache 2.0",
         .words = said("A mixture of experts: the answers of a large model at the speed of a small one.",
                       "Eine Mischung von Experten: Antworten eines großen Modells, Tempo eines kleinen.",
                       "混合专家模型：大模型的回答，小模型的速度。",
                       "مزيج خبراء: إجابات نموذج كبير بسرعة نموذج صغير."),
         .needs =
             said("Needs 21 GB of memory", "Braucht 21 GB Speicher", "需要 21 GB 内存", "يحتاج 21 غيغابايت")},
        {.id = "gpt-oss-120b",
         .name = "gpt-oss 120B",
         .publisher = "OpenAI",
         .line = "MXFP4 · 63 GB · Apache 2.0",
         .words = said("Large and thorough; reads its experts from the disk where memory is short.",
                       "Groß und gründlich; liest Experten von der Platte, wo Speicher fehlt.",
                       "大而细致；内存不足时从磁盘读取专家。",
                       "كبير ودقيق؛ يقرأ خبراءه من القرص حين تضيق الذاكرة."),
         .needs = said("Needs more memory than there is: slow here",
                       "Braucht mehr Speicher als da ist: hier langsam", "所需内存超过本机：会很慢",
                       "يحتاج ذاكرة أكثر من المتاح: بطيء هنا"),
         .isTooLarge = true}};
}

void libraryOffers(Stage& stage) {
    LibraryPage& page = openLibrary(stage, LibraryTab::Get);
    page.offers().setOffers(offers());
}

void libraryLink(Stage& stage) {
    libraryOffers(stage);
    OffersPart& part = stage.window().library().offers();
    part.findChild<QLineEdit*>()->setText("Qwen/Qwen3-8B-GGUF");
    part.setContact(said("“Look” asks huggingface.co, and nobody else.",
                         "„Ansehen“ fragt huggingface.co, sonst niemanden.",
                         "“查看”只会联系 huggingface.co。", "«انظر» يسأل huggingface.co وحده."));
    part.setAnswer({.link = "Qwen/Qwen3-8B-GGUF",
                    .title = "Qwen/Qwen3-8B-GGUF",
                    .about = "Apache 2.0",
                    .files = {{"Qwen3-8B-Q4_K_M.gguf", "Qwen3-8B-Q4_K_M.gguf", "5.0 GB"},
                              {"Qwen3-8B-Q5_K_M.gguf", "Qwen3-8B-Q5_K_M.gguf", "5.9 GB"},
                              {"Qwen3-8B-Q8_0.gguf", "Qwen3-8B-Q8_0.gguf", "8.7 GB"}}});
}

void libraryLinkFailed(Stage& stage) {
    libraryOffers(stage);
    OffersPart& part = stage.window().library().offers();
    part.findChild<QLineEdit*>()->setText("Qwen/Qwen3-8B-GUFF");
    part.setAnswer(
        {.link = "Qwen/Qwen3-8B-GUFF",
         .problem = said("huggingface.co knows no repository Qwen/Qwen3-8B-GUFF.",
                         "huggingface.co kennt kein Repository Qwen/Qwen3-8B-GUFF.",
                         "huggingface.co 没有仓库 Qwen/Qwen3-8B-GUFF。",
                         "لا يعرف huggingface.co مستودعًا باسم Qwen/Qwen3-8B-GUFF."),
         .nextStep = said("Check the spelling of the link.", "Prüfen Sie die Schreibweise des Links.",
                          "请检查链接的拼写。", "تحقق من كتابة الرابط.")});
}

void libraryDownloads(Stage& stage) {
    LibraryPage& page = openLibrary(stage, LibraryTab::Downloads);
    page.setOpenDownloads(3);
    page.downloads().setDownloads(
        {{.id = "1",
          .name = "Qwen3-30B-A3B-Q4_K_M.gguf",
          .line = said("4.1 GB of 18.6 GB · 23 MB/s · 10 minutes left",
                       "4,1 GB von 18,6 GB · 23 MB/s · noch 10 Minuten",
                       "4.1 GB / 18.6 GB · 23 MB/s · 剩余 10 分钟",
                       "4.1 من 18.6 غيغابايت · 23 م.ب/ث · بقي 10 دقائق"),
          .part = 0.22,
          .state = DownloadState::Running},
         {.id = "2", .name = "gpt-oss-20b-mxfp4.gguf", .line = "12.1 GB", .state = DownloadState::Waiting},
         {.id = "3",
          .name = "Qwen3-4B-Q4_K_M.gguf",
          .line = "2.1 GB / 2.5 GB",
          .part = 0.84,
          .state = DownloadState::Failed,
          .problem = said("The disk is full. Free 0.4 GB and try again; what has arrived is kept.",
                          "Die Platte ist voll. Machen Sie 0,4 GB frei; was da ist, bleibt.",
                          "磁盘已满。请腾出 0.4 GB 后重试；已下载的部分会保留。",
                          "القرص ممتلئ. أفرغ 0.4 غيغابايت ثم أعد المحاولة؛ ما وصل محفوظ.")},
         {.id = "4",
          .name = "SmolLM2-1.7B-Q8_0.gguf",
          .line = "1.8 GB",
          .part = 1,
          .state = DownloadState::Done}});
}

void libraryNoDownloads(Stage& stage) {
    openLibrary(stage, LibraryTab::Downloads).downloads().setDownloads({});
}

} // namespace

std::vector<Scene> libraryScenes() {
    return {
        {"library_folders", libraryFolders},
        {"library_card", libraryCard, Stage::kUsual, Showing::Every},
        {"library_card_below", libraryCardBelow},
        {"library_too_large", libraryTooLarge, Stage::kUsual, Showing::Every},
        {"library_cannot_run", libraryCannotRun},
        {"library_empty", libraryEmpty},
        {"library_offers", libraryOffers, Stage::kUsual, Showing::Every},
        {"library_link", libraryLink},
        {"library_link_failed", libraryLinkFailed},
        {"library_downloads", libraryDownloads, Stage::kUsual, Showing::Every},
        {"library_no_downloads", libraryNoDownloads},
        {"narrow_library_card", libraryCard, Stage::kNarrow},
        {"narrow_library_downloads", libraryDownloads, Stage::kNarrow},
    };
}

} // namespace ponder::ui
