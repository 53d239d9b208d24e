import { crash, inventory, reset, start } from "../laboratory";
import { labConfig, starting, stateFolder, up } from "../stack";
import { all, busy, expectInForce, expectWhole } from "./whole";

const folder = stateFolder();

it("a host that loses its power while packages are installed is completed by the next up", async () => {
    await reset(...all);
    const config = labConfig(await inventory(), { connect: { tries: 2, seconds: 2 } });
    const running = starting(folder, config);
    await busy("vm2");
    await crash("vm2");
    const { code, result } = await running.ended;
    expect(code).toBe(1);
    expect(result.errors.filter(({ path }) => !path.startsWith("app-a1: "))).toEqual([]);
    const messages = result.errors.map(({ message }) => message).join("\n");
    expect(messages).toContain("the connection broke while a command ran"); // so a step was hit
    await expectInForce("vm1", "vm3");
    await start("vm2");
    expect((await up(folder, config)).result.errors).toEqual([]);
    await expectWhole(folder, config);
}, 400_000);
