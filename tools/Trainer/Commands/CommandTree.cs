using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Training;
namespace BcnnSim.Trainer.Commands;
internal static class CommandTree
{
    public static int Run(string[] args)
    {
        var c = ConfigurationFile.Read(args[1]);
        return new TrainingRun(c, args[2], args.Contains("--resume"), new ProgressLine(Console.Out, false, c.Batch), default).Execute() ? 0 : 130;
    }
}
