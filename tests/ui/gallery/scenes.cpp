#include "tests/ui/gallery/scenes.h"

#include "tests/ui/gallery/dialog_scenes.h"
#include "tests/ui/gallery/finding_scenes.h"
#include "tests/ui/gallery/formula_scenes.h"
#include "tests/ui/gallery/keeping_scenes.h"
#include "tests/ui/gallery/library_scenes.h"
#include "tests/ui/gallery/settings_scenes.h"
#include "tests/ui/gallery/transcript_scenes.h"
#include "tests/ui/gallery/window_scenes.h"
#include "ui/key_bindings.h"
#include "ui/translations.h"

namespace ponder::ui {

namespace {

constexpr std::pair<Appearance, const char*> kLooks[] = {
    {Appearance::Light, "light"}, {Appearance::Dark, "dark"}, {Appearance::HighContrast, "contrast"}};
constexpr std::pair<Content, const char*> kContents[] = {{Content::English, "english"},
                                                         {Content::German, "german"},
                                                         {Content::Chinese, "chinese"},
                                                         {Content::Arabic, "arabic"}};

template <typename Key, std::size_t Size>
QString nameIn(const std::pair<Key, const char*> (&table)[Size], Key key) {
    for (const auto& [each, name] : table)
        if (each == key) return name;
    return {};
}

Language languageOf(Content content) {
    switch (content) {
    case Content::German:
        return Language::German;
    case Content::Chinese:
        return Language::SimplifiedChinese;
    case Content::English:
    case Content::Arabic: // the window does not speak it
        break;
    }
    return Language::English;
}

} // namespace

QString Picture::name() const {
    return scene.name + u'_' + nameIn(kLooks, appearance) + u'_' + nameIn(kContents, content);
}

std::vector<Scene> allScenes() {
    std::vector<Scene> scenes;
    for (const auto& some : {windowScenes(), transcriptScenes(), dialogScenes(), keepingScenes(),
                             findingScenes(), settingsScenes(), formulaScenes(), libraryScenes()})
        scenes.insert(scenes.end(), some.begin(), some.end());
    return scenes;
}

std::vector<Picture> allPictures() {
    std::vector<Picture> pictures;
    for (const Scene& scene : allScenes()) {
        for (const auto& look : kLooks)
            for (const auto& content : kContents) pictures.push_back({scene, look.first, content.first});
    }
    return pictures;
}

std::vector<Picture> chosenPictures() {
    std::vector<Picture> pictures;
    std::size_t turn = 0;
    for (const Scene& scene : allScenes()) {
        if (scene.showing == Showing::Every) {
            for (const auto& look : kLooks)
                for (const auto& content : kContents) pictures.push_back({scene, look.first, content.first});
            continue;
        }
        pictures.push_back({scene, Appearance::Light, Content::English});
        pictures.push_back({scene, Appearance::Dark, Content::English});
        // High contrast in English, and the three other languages, light and dark, in turn.
        const std::pair<Appearance, Content> others[] = {
            {Appearance::Light, Content::German}, {Appearance::HighContrast, Content::English},
            {Appearance::Dark, Content::Chinese}, {Appearance::Light, Content::Arabic},
            {Appearance::Dark, Content::German},  {Appearance::Light, Content::Chinese}};
        const auto& [appearance, content] = others[turn++ % std::size(others)];
        pictures.push_back({scene, appearance, content});
    }
    return pictures;
}

std::vector<Picture> chosenLargePictures() {
    std::vector<Picture> pictures;
    for (const Scene& scene : allScenes()) {
        if (scene.showing == Showing::Every) pictures.push_back({scene, Appearance::Light, Content::English});
    }
    return pictures;
}

QImage draw(const Picture& picture) {
    const Translations words(languageOf(picture.content));
    const ContentIn content(picture.content);
    Stage stage(picture.appearance, picture.scene.size);
    picture.scene.set(stage);
    const QImage image = stage.photograph();
    KeyBindings::ofProgram().setOwn({});
    return image;
}

} // namespace ponder::ui
