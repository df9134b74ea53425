using System.Text;
using BcnnSim.Trainer.Configuration;
using Xunit;

namespace BcnnSim.Trainer.Tests.Configuration;

/// <summary>Random damage to a valid configuration, a fixed budget and a fixed seed: accepted, or an <see cref="InputException"/>.</summary>
public sealed class ConfigurationFuzzTests
{
    private const int Seed = 99;

    [Fact]
    public void Damaged_configurations_draw_only_input_exceptions()
    {
        byte[] valid = File.ReadAllBytes(Path.Combine(Root(AppContext.BaseDirectory), "models", "networks", "cc-iq", "training.json"));
        string path = Path.Combine(Path.GetTempPath(), $"bcnntrain-fuzz-{Environment.ProcessId}.json");
        Random random = new(Seed);
        try
        {
            for (int round = 0; round < 2000; round++)
            {
                File.WriteAllBytes(path, Damage(random, valid));
                Survives($"seed {Seed}, round {round}", path);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] Damage(Random random, byte[] valid)
    {
        byte[] bytes = random.Next(8) == 0 ? valid[..random.Next(valid.Length)] : [.. valid];
        for (int i = random.Next(1, 4); i > 0 && bytes.Length > 0; i--)
        {
            bytes[random.Next(bytes.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : Encoding.ASCII.GetBytes("0123456789-e.{}[]\",:")[random.Next(20)];
        }

        return bytes;
    }

    private static void Survives(string context, string path)
    {
        try
        {
            ConfigurationFile.Read(path);
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

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "Simulator.sln")) ? folder : Root(Path.GetDirectoryName(folder.TrimEnd('/'))!);
}
