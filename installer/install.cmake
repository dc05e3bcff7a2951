# What `cmake --install` puts where.
include(GNUInstallDirs)
set(PONDER_ID org.ponder.Ponder)
install(TARGETS ponder ponder-engine ponder-extract ponder-fetch RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES resources/catalogue/catalogue.json resources/catalogue/catalogue.json.sig
    DESTINATION ${CMAKE_INSTALL_DATADIR}/ponder/catalogue)
install(FILES resources/starter/ponder-starter.gguf DESTINATION ${CMAKE_INSTALL_DATADIR}/ponder/starter)
install(FILES installer/${PONDER_ID}.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES installer/${PONDER_ID}.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
install(FILES resources/icons/${PONDER_ID}.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
install(FILES resources/icons/${PONDER_ID}-symbolic.svg
    DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/symbolic/apps)

# Panels and menus that draw no SVG take the nearest of these.
set(ICON_SIZES 16 22 24 32 48 64 96 128 256 512)
set(ICON_FOLDER ${CMAKE_CURRENT_BINARY_DIR}/icons)
list(TRANSFORM ICON_SIZES REPLACE "(.+)" "${ICON_FOLDER}/\\1.png" OUTPUT_VARIABLE ICON_FILES)
find_package(Qt6 REQUIRED COMPONENTS Gui)
add_executable(draw_icon installer/draw_icon.cpp)
target_link_libraries(draw_icon PRIVATE Qt6::Gui)
set_target_properties(draw_icon PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/installer)
add_custom_command(OUTPUT ${ICON_FILES}
    COMMAND draw_icon ${PROJECT_SOURCE_DIR}/resources/icons/${PONDER_ID}.svg ${ICON_FOLDER} ${ICON_SIZES}
    DEPENDS draw_icon resources/icons/${PONDER_ID}.svg VERBATIM)
add_custom_target(icon_files ALL DEPENDS ${ICON_FILES})
foreach(size IN LISTS ICON_SIZES)
    install(FILES ${ICON_FOLDER}/${size}.png RENAME ${PONDER_ID}.png
        DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/${size}x${size}/apps)
endforeach()
