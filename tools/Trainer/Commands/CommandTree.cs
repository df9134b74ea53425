using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Training;
namespace BcnnSim.Trainer.Commands;
internal static class CommandTree
{
    public static int Run(string[] args)
    {
        var c = ConfigurationFile.Read(args[1]);
        System.IO.Directory.CreateDirectory(args[2]);
        return new TrainingRun(c, LoadedData.Load(c, default), new RunFolder(args[2]), args.Contains("--resume"), new ProgressLine(Console.Out, false, c.Batch)).Execute(default) ? 0 : 130;
    }
}
