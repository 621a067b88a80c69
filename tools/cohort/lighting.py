"""Light, ground and camera of a photograph, and the rendering itself."""

from __future__ import annotations

import math
import random
from pathlib import Path

import bpy
import fabrics
import numpy as np
from identity import Look
from mathutils import Matrix, Vector
from objects import TO_BLENDER

WIDTH, HEIGHT = 320, 384


def _lamp(centre: Vector, place: tuple[float, float, float], energy: float, size: float, colour: tuple) -> None:
    data = bpy.data.lights.new("lamp", "AREA")
    data.energy, data.size, data.color = energy, size, colour
    lamp = bpy.data.objects.new("lamp", data)
    bpy.context.scene.collection.objects.link(lamp)
    lamp.location = centre + Vector(place)
    lamp.rotation_euler = (centre - lamp.location).to_track_quat("-Z", "Y").to_euler()


def light(look: Look, eyes: np.ndarray, brightness: float) -> None:
    """Lamps and sky; a photographer exposes for the face, so a dark one of mean reflectance `brightness` gets more."""
    r = random.Random(look.seed + 3)
    centre = Vector(TO_BLENDER @ eyes)
    side = r.choice((-1, 1))
    world = bpy.data.worlds.new("world")
    bpy.context.scene.world = world
    world.use_nodes = True
    sky = world.node_tree.nodes["Background"]

    def ambient(colour: tuple, strength: float) -> None:
        sky.inputs[0].default_value = (*colour, 1)
        sky.inputs[1].default_value = strength

    gain = r.uniform(0.92, 1.08) * (1.25 if not look.dead else 0.92)
    gain *= 1 + 0.6 * min(1.0, max(0.0, (0.2 - brightness) / 0.17))
    if look.light == "window":
        ambient((0.90, 0.88, 0.86), 0.34)
        _lamp(centre, (side * 4.5, -5.5, 1.8), 430 * gain, 3.6, (1, 0.95, 0.88))
        _lamp(centre, (-side * 5, -5, 0.5), 110, 4, (1, 0.92, 0.84))
    elif look.light == "studio":
        ambient((0.9, 0.88, 0.86), 0.30)
        _lamp(centre, (side * 2.8, -6.5, 3.4), 460 * gain, 2.8, (1, 0.96, 0.90))
        _lamp(centre, (-side * 4, -6, 0.0), 170, 4, (1, 0.97, 0.93))
        _lamp(centre, (-side * 3, 4, 3.5), 80, 2, (1, 0.97, 0.94))
    elif look.light == "overcast":
        ambient((0.86, 0.91, 0.98), 0.62)
        _lamp(centre, (side * 1.5, -5, 6.5), 420 * gain, 6, (0.96, 0.98, 1.0))
    elif look.light == "evening":
        ambient((0.95, 0.80, 0.66), 0.30)
        _lamp(centre, (side * 5, -4.5, 1.0), 430 * gain, 2.4, (1, 0.82, 0.62))
        _lamp(centre, (-side * 4, -6, 2.0), 110, 5, (0.86, 0.9, 1.0))
    elif look.light == "flash":
        ambient((0.80, 0.86, 0.92), 0.24)
        _lamp(centre, (side * 0.9, -8, 1.3), 520 * gain, 0.7, (0.94, 0.98, 1.0))
    elif look.light == "lamp":
        ambient((0.80, 0.86, 0.92), 0.22)
        _lamp(centre, (side * 3.4, -6.0, 3.6), 560 * gain, 1.0, (0.95, 0.99, 1.0))
        _lamp(centre, (-side * 5, -5, -1), 46, 3, (0.9, 0.96, 1))
    else:
        ambient((0.82, 0.90, 0.92), 0.32)
        _lamp(centre, (side * 1.0, -6.5, 5.0), 430 * gain, 2.0, (0.90, 1.0, 0.97))


def ground(look: Look, floor: float) -> None:
    depth = -floor if look.dead else 4.2
    bpy.ops.mesh.primitive_plane_add(size=60, location=(0, depth, 7), rotation=(math.pi / 2, 0, 0))
    bpy.context.object.data.materials.append(fabrics.ground(look.ground))


def camera(look: Look, eyes: np.ndarray) -> None:
    r = random.Random(look.seed + 4)
    scene = bpy.context.scene
    data = bpy.data.cameras.new("camera")
    data.lens = 85
    camera = bpy.data.objects.new("camera", data)
    scene.collection.objects.link(camera)
    scene.camera = camera
    target = Vector(TO_BLENDER @ eyes) + Vector((r.uniform(-0.06, 0.06), 0, r.uniform(-0.26, -0.14)))
    away = r.uniform(7.0, 7.7) if not look.dead else r.uniform(7.0, 8.2)
    place = Vector((0, -away, 0))
    if look.dead:
        place += Vector((r.uniform(-0.6, 0.6), 0, r.uniform(-1.2, 0.4)))
    camera.location = target + place
    facing = (target - camera.location).to_track_quat("-Z", "Y").to_matrix().to_4x4()
    spin = Matrix.Rotation(math.radians(look.camera_roll), 4, "Z")
    camera.matrix_world = Matrix.Translation(camera.location) @ facing @ spin


def render(path: Path, samples: int, threads: int) -> None:
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    cycles = scene.cycles
    cycles.device, cycles.samples, cycles.use_denoising = "CPU", samples, True
    cycles.denoiser = "OPENIMAGEDENOISE"
    cycles.use_adaptive_sampling, cycles.adaptive_threshold = True, 0.03
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces, cycles.transmission_bounces = 4, 2, 2, 3
    cycles.caustics_reflective = cycles.caustics_refractive = False
    cycles.sample_clamp_indirect = 4
    scene.cycles_curves.shape = "RIBBONS"
    scene.render.threads_mode, scene.render.threads = "FIXED", threads
    scene.render.resolution_x, scene.render.resolution_y = WIDTH, HEIGHT
    scene.view_settings.view_transform = "Filmic"
    scene.view_settings.look = "Medium High Contrast"
    scene.render.image_settings.file_format = "PNG"
    scene.render.filepath = str(path)
    bpy.ops.render.render(write_still=True)
