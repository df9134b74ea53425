using System.Text;
using BcnnSim.Design;
using BcnnSim.Reporting;
using BcnnSim.Tests.Harness;
using BcnnSim.Tests.Networks;
using Xunit;

namespace BcnnSim.Tests.Design;

/// <summary>Random damage to design files, overrides and reports, a fixed budget and a fixed seed: accepted, or an <see cref="InputException"/>.</summary>
public sealed class DesignFuzzTests
{
    private const int Seed = 4711;

    [Fact]
    public void Damaged_designs_draw_only_input_exceptions()
    {
        byte[] valid = File.ReadAllBytes(Designs.ReferenceFile);
        Random random = new(Seed);
        for (int round = 0; round < 3000; round++)
        {
            byte[] damaged = round % 2 == 0 ? Mutation.Text(random, valid) : Mutation.Bytes(random, valid);
            Survives($"design, seed {Seed}, round {round}", () => DesignFile.Parse(Encoding.UTF8.GetString(damaged), "fuzz"));
        }
    }

    [Fact]
    public void Damaged_overrides_draw_only_input_exceptions()
    {
        string text = File.ReadAllText(Designs.ReferenceFile);
        string[] valid = ["peArray.outputLanes=8", "hbm.timing.tRc=43", "hbm.refresh=off", "peArray.kind=four", "name=x"];
        Random random = new(Seed + 1);
        for (int round = 0; round < 1000; round++)
        {
            byte[] damaged = Mutation.Bytes(random, Encoding.UTF8.GetBytes(valid[random.Next(valid.Length)]));
            Survives($"override, seed {Seed + 1}, round {round}", () => DesignFile.Parse(text, "fuzz", [Encoding.UTF8.GetString(damaged)]));
        }
    }

    [Fact]
    public void Damaged_reports_draw_only_input_exceptions()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("report.json");
        byte[] valid = Encoding.UTF8.GetBytes("""{"schema":"bcnnsim.run/1","command":"bcnnsim","version":"0","design":null,"runs":[{"network":"a","frames":1}]}""");
        Random random = new(Seed + 2);
        for (int round = 0; round < 1000; round++)
        {
            File.WriteAllBytes(path, round % 2 == 0 ? Mutation.Text(random, valid) : Mutation.Bytes(random, valid));
            Survives($"report, seed {Seed + 2}, round {round}", () => ReportFile.Read(path));
        }
    }

    private static void Survives(string context, Action parse)
    {
        try
        {
            parse();
        }
        catch (InputException)
        {
            // Refused with a reason: what damage deserves.
        }
        catch (Exception e)
        {
            Assert.Fail($"{context}: {e}");
        }
    }
}
