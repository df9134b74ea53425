using BcnnSim.Trainer.Commands;
return CommandTree.Run(args);
