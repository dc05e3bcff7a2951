#pragma once

#include "tests/ui/gallery/content.h"
#include "tests/ui/gallery/stage.h"

#include <functional>
#include <vector>

namespace ponder::ui {

/// How often a scene is drawn unless all of the gallery is asked for.
enum class Showing {
    Brief, ///< light and dark in English, and once more in another look and language
    Every  ///< in every look and every language
};

/// A state of the window. It is drawn in several looks and languages.
struct Scene {
    QString name;
    std::function<void(Stage&)> set;
    QSize size = Stage::kUsual;
    Showing showing = Showing::Brief;
};

/// One picture of the gallery.
struct Picture {
    Scene scene;
    Appearance appearance = Appearance::Light;
    Content content = Content::English;

    /// "first_start_light_english"
    QString name() const;
};

std::vector<Scene> allScenes();
/// Every scene in every look and language.
std::vector<Picture> allPictures();
/// Every scene, and every look and language, but not each in each.
std::vector<Picture> chosenPictures();
/// The few that are worth a look at twice the size as well.
std::vector<Picture> chosenLargePictures();

/// Sets the scene and photographs it.
QImage draw(const Picture& picture);

} // namespace ponder::ui
